// SPDX-License-Identifier: BSD-3-Clause
// Dense layers, y = act(W x + b), and stacks of them, over rows of points. Immutable after
// construction.
#pragma once

#include <equicloud/base/span.h>
#include <equicloud/nn/weights_file.h>

#include <cstddef>
#include <string>
#include <vector>

namespace equicloud::nn {

enum class Activation { none, relu };

/// Shape of a dense layer, as a model file's layer list states it.
struct DenseSpec {
  int in = 0;
  int out = 0;
  Activation activation = Activation::none;
};

/// One layer. Weights are kept transposed and padded for the kernel (kernels/dense.h).
class Dense {
 public:
  /// @param weight  [out, in] row-major, as libtorch stores it; @param bias  [out]
  /// Throws InvalidArgument if the sizes do not fit.
  Dense(const DenseSpec& spec, Span<const float> weight, Span<const float> bias);

  int in() const noexcept { return spec_.in; }
  int out() const noexcept { return spec_.out; }
  /// Row length of the output: out() rounded up to whole vectors; the surplus holds zeros.
  std::size_t padded_out() const noexcept { return bias_.size(); }

  /// @param x  rows x in(), row stride x_stride; @param y  rows x padded_out(), packed; must not
  /// overlap x
  void forward(const float* x, std::size_t x_stride, std::size_t rows, float* y) const noexcept;
  /// The same with another bias of padded_out() values (a term that is constant over the cloud
  /// folded in).
  void forward(const float* x, std::size_t x_stride, std::size_t rows, const float* bias,
               float* y) const noexcept;
  Span<const float> bias() const noexcept { return bias_; }
  /// in() x padded_out(), row-major.
  Span<const float> weights() const noexcept { return weights_; }
  Activation activation() const noexcept { return spec_.activation; }

 private:
  DenseSpec spec_;
  std::vector<float> weights_;  // in x padded_out
  std::vector<float> bias_;     // padded_out
};

/// Dense layers one after another: phi and rho of a Deep Sets network.
class Mlp {
 public:
  Mlp() = default;
  /// Throws InvalidArgument if there is no layer or a layer's input is not the one before's output.
  explicit Mlp(std::vector<Dense> layers);

  int in() const noexcept { return layers_.front().in(); }
  int out() const noexcept { return layers_.back().out(); }
  std::size_t padded_out() const noexcept { return layers_.back().padded_out(); }
  const std::vector<Dense>& layers() const noexcept { return layers_; }
  /// Floats of scratch memory that forward() needs for this many rows.
  std::size_t scratch_size(std::size_t rows) const noexcept;
  /// @returns rows x padded_out(), inside `scratch`
  const float* forward(const float* x, std::size_t x_stride, std::size_t rows,
                       Span<float> scratch) const noexcept;

 private:
  std::vector<Dense> layers_;
};

/// The layer `name` of a file: tensors `name`.weight [out, in] and `name`.bias [out]. Throws
/// FormatError.
Dense load_dense(const WeightsFile& file, const std::string& name, const DenseSpec& spec);
/// The same of the size that `name`.weight has.
Dense load_dense(const WeightsFile& file, const std::string& name, Activation activation);
/// The stack `name`.0, `name`.1, ...
Mlp load_mlp(const WeightsFile& file, const std::string& name, const std::vector<DenseSpec>& specs);

}  // namespace equicloud::nn
