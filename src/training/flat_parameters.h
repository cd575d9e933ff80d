// All parameters of a network in one contiguous vector, so that optimizer, averages, sums over replicas and checkpoints are
// single operations, and so that several networks can share the same values.
#pragma once
#include <string>
#include <vector>

#include "model/weights.h"
#include "nn/sequence_model.h"

namespace mynah::training {

/// The values and gradients of one network. Parameters become views: hidden matrices, which map features to features, then other
/// matrices (tables of embeddings and positions, single rows and columns), then the rest; each begins at a multiple of 64 bytes,
/// and the gaps stay zero.
class FlatParameters {
 public:
  explicit FlatParameters(nn::SequenceModel& network);
  /// Lets `network` see the values of `shared`, with gradients of its own.
  FlatParameters(nn::SequenceModel& network, const FlatParameters& shared);

  const nn::Tensor& values() const { return values_; }        // [size], no gradient history
  const nn::Tensor& gradients() const { return gradients_; }  // [size], where backward() adds
  std::int64_t size() const { return values_.numel(); }
  /// Elements [0, hidden()) belong to hidden matrices; a multiple of 16.
  std::int64_t hidden() const { return hidden_; }
  /// Elements [0, matrices()) belong to parameters of two or more dimensions: those that weight decay shrinks.
  std::int64_t matrices() const { return matrices_; }
  /// How many numbers are learnt; gaps not counted.
  std::int64_t parameters() const { return parameters_; }

  /// The hidden matrices of a vector laid out like these, [rows, columns] each; views.
  std::vector<nn::Tensor> hidden_of(const nn::Tensor& flat) const;
  /// The pieces of a vector laid out like these, as float32 arrays named prefix + the parameter's name.
  model::Weights named(const nn::Tensor& flat, const std::string& prefix = "") const;
  /// The reverse, into `flat`. Throws Error naming `where` and the array when one is missing or has another shape.
  void assign(nn::Tensor& flat, const model::Weights& arrays, const std::string& prefix, const std::string& where) const;

 private:
  struct Piece {
    std::string name;
    std::vector<std::int64_t> shape;
    std::int64_t offset, elements;
  };
  void lay_out(nn::SequenceModel& network);
  void adopt(nn::SequenceModel& network, bool copy_values);

  std::vector<Piece> pieces_;
  nn::Tensor values_, gradients_;
  std::int64_t hidden_ = 0, matrices_ = 0, parameters_ = 0;
};

}  // namespace mynah::training
