// Whether two runs of training came to the same.
#pragma once
#include <filesystem>
#include <optional>
#include <string>

namespace mynah::training {

/// The first thing in which the model directories of two runs differ, for people: a file that only one of them has, a number of a
/// tensor, a value of the checkpoint's state or of the history. Nothing when all files are the same byte for byte; what hangs on
/// the clock (seconds, tokens per second, the curves drawn from them) does not count.
std::optional<std::string> first_difference(const std::filesystem::path& one, const std::filesystem::path& other);

/// Tensors of the checkpoint in a model directory: weights, optimizer and averages.
std::size_t count_tensors(const std::filesystem::path& model);

}  // namespace mynah::training
