#include "training/flat_parameters.h"

#include <cstring>

#include "base/error.h"

namespace mynah::training {
namespace {

constexpr std::int64_t kAlignment = 16;  // float32 numbers in 64 bytes

std::int64_t aligned(std::int64_t offset) { return (offset + kAlignment - 1) / kAlignment * kAlignment; }

enum class Kind { hidden_matrix, other_matrix, rest };

Kind kind_of(const std::string& name, const nn::Tensor& tensor) {
  if (tensor.dim() < 2) return Kind::rest;
  const auto is_of = [&](const char* part) { return name.find(part) != std::string::npos; };
  const bool maps = tensor.dim() == 2 && tensor.size(0) > 1 && tensor.size(1) > 1;
  return maps && !is_of("embedding") && !is_of("positions") && !is_of("depthwise") ? Kind::hidden_matrix : Kind::other_matrix;
}

std::string dimensions(const std::vector<std::int64_t>& shape) {
  std::string text = "[";
  for (const std::int64_t size : shape) text += concat(text.size() > 1 ? ", " : "", size);
  return text + "]";
}

}  // namespace

FlatParameters::FlatParameters(nn::SequenceModel& network) {
  lay_out(network);
  const auto options = network.parameters().at(0).options().requires_grad(false);
  const std::int64_t size = pieces_.empty() ? 0 : aligned(pieces_.back().offset + pieces_.back().elements);
  values_ = at::zeros({size}, options);
  gradients_ = at::zeros({size}, options);
  adopt(network, true);
}

FlatParameters::FlatParameters(nn::SequenceModel& network, const FlatParameters& shared)
    : pieces_(shared.pieces_),
      values_(shared.values_),
      gradients_(at::zeros_like(shared.values_)),
      matrices_(shared.matrices_),
      parameters_(shared.parameters_) {
  adopt(network, false);
}

void FlatParameters::lay_out(nn::SequenceModel& network) {
  std::int64_t offset = 0;
  for (const Kind kind : {Kind::hidden_matrix, Kind::other_matrix, Kind::rest}) {
    for (const auto& parameter : network.named_parameters()) {
      const nn::Tensor& tensor = parameter.value();
      if (kind_of(parameter.key(), tensor) != kind) continue;
      offset = aligned(offset);
      pieces_.push_back({parameter.key(), tensor.sizes().vec(), offset, tensor.numel()});
      offset += tensor.numel();
      parameters_ += tensor.numel();
    }
    if (kind == Kind::hidden_matrix) hidden_ = aligned(offset);
    if (kind == Kind::other_matrix) matrices_ = aligned(offset);
  }
}

void FlatParameters::adopt(nn::SequenceModel& network, bool copy_values) {
  const at::NoGradGuard no_gradient;
  const auto parameters = network.named_parameters();
  ensure(parameters.size() == pieces_.size(), "replicas have the same parameters");
  for (const Piece& piece : pieces_) {
    nn::Tensor parameter = parameters[piece.name];
    const nn::Tensor view = values_.narrow(0, piece.offset, piece.elements).view(piece.shape);
    if (copy_values) view.copy_(parameter);
    parameter.set_data(view);
    parameter.mutable_grad() = gradients_.narrow(0, piece.offset, piece.elements).view(piece.shape);
  }
}

std::vector<nn::Tensor> FlatParameters::hidden_of(const nn::Tensor& flat) const {
  std::vector<nn::Tensor> matrices;
  for (const Piece& piece : pieces_) {
    if (piece.offset < hidden_) matrices.push_back(flat.narrow(0, piece.offset, piece.elements).view(piece.shape));
  }
  return matrices;
}

model::Weights FlatParameters::named(const nn::Tensor& flat, const std::string& prefix) const {
  const nn::Tensor numbers = flat.to(at::kCPU, at::kFloat).contiguous();
  model::Weights arrays;
  for (const Piece& piece : pieces_) {
    const auto elements = static_cast<std::size_t>(piece.elements);
    arrays[prefix + piece.name] = model::make_array({numbers.const_data_ptr<float>() + piece.offset, elements}, piece.shape);
  }
  return arrays;
}

void FlatParameters::assign(nn::Tensor& flat, const model::Weights& arrays, const std::string& prefix,
                            const std::string& where) const {
  nn::Tensor numbers = at::zeros({size()}, at::kFloat);
  for (const Piece& piece : pieces_) {
    const auto found = arrays.find(prefix + piece.name);
    if (found == arrays.end()) throw Error(concat(where, ": the array \"", prefix, piece.name, "\" is missing"));
    if (found->second.shape != piece.shape) {
      throw Error(concat(where, ": the array \"", prefix, piece.name, "\" should have the shape ", dimensions(piece.shape),
                         " but has ", dimensions(found->second.shape)));
    }
    const std::vector<float> read = model::to_float(found->second);
    std::memcpy(numbers.data_ptr<float>() + piece.offset, read.data(), read.size() * sizeof(float));
  }
  const at::NoGradGuard no_gradient;
  flat.copy_(numbers);
}

}  // namespace mynah::training
