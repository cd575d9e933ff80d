// Finds the model a user means: by path, by languages, or because there is only one.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace mynah::inference {

struct FoundModel {
  std::filesystem::path folder;
  std::string source_language, target_language;
};

/// Model directories below MYNAH_MODELS (a list of folders separated by ':'), the installed models and the project's, in that
/// order.
std::vector<FoundModel> list_models(const std::vector<std::filesystem::path>& roots);

/// The roots to search: MYNAH_MODELS, `program`/../share/mynah/models, and models/ of the source tree the program was built in.
std::vector<std::filesystem::path> model_roots();

/// The one candidate for the languages (empty: any) and, where several are left, the script of `sample`.
/// Throws Error naming what there is when none or several fit.
FoundModel choose_model(const std::vector<FoundModel>& models, const std::string& source_language,
                        const std::string& target_language, const std::string& sample);

}  // namespace mynah::inference
