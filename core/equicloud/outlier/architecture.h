// SPDX-License-Identifier: BSD-3-Clause
// The layer list of a scorer: what the model file's metadata key "layers" says, parsed and checked.
// Both the library's network and the trainer build themselves from it, so there is one source of
// the architecture.
//
// The state is x, C channels a point; beside it each point's set (kSetFeatures x kSetSize, weights
// w, S = 1/2 + sum w), and the context c = mean over the cloud of the standardised point features.
// Layers:
//   {"type":"set_pool","name":N,"layers":[{"in":9,"out":16,"activation":"relu"},...],"pooling":["mean","max"]}
//        a_j = phi(set_j);  x <- [x; pooled...], pooled: mean = sum w a / S, max = max_j w a, sum =
//        sum w a, pnorm = (sum w a^3)^(1/3) (the last activation must be relu) tensors N.0.weight
//        [out,in], N.0.bias [out], N.1.weight ...
//   {"type":"dense","name":N,"in":C,"out":D,"context":23,"activation":"relu"}      ("context": 0 =
//   none)
//        x <- act(W x + G c + b)                      tensors N.weight [D,C], N.bias [D], N.context
//        [D,23]
//   {"type":"graph","name":N,"in":D,"out":D,"context":23,"activation":"relu"}
//        x <- x + act(L x + M A[x] + G c + b), A[x]_i = (x_i / 2 + sum w x_j) / S
//                                 tensors N.own [D,D], N.neighbors [D,D], N.bias [D], N.context
//                                 [D,23]
// The last layer has one output: the logit. Inputs are standardised and clipped first:
// clamp((feature - mean) * scale, -clip, clip), tensors point.mean, point.scale [23], set.mean,
// set.scale [9], metadata "clip" (a decimal number).
#pragma once

#include <equicloud/nn/dense.h>
#include <equicloud/sets/pooling.h>

#include <cstddef>
#include <string>
#include <vector>

namespace equicloud::outlier {

using nn::Activation;
using nn::DenseSpec;
using sets::Pooling;

struct LayerSpec {
  enum class Type { set_pool, dense, graph };
  Type type = Type::dense;
  std::string name;
  DenseSpec shape;               ///< dense, graph
  int context = 0;               ///< dense, graph: channels of c that enter, 0 or kPointFeatures
  std::vector<DenseSpec> phi;    ///< set_pool
  std::vector<Pooling> pooling;  ///< set_pool
};

/// Throws FormatError naming the layer and what is wrong: unknown type, widths that do not fit, a
/// width above 1024, more than 64 layers, last layer not of one output.
std::vector<LayerSpec> parse_layers(const std::string& json);
/// The shipped architecture, as the JSON text that parse_layers reads.
std::string default_layers();
/// Multiply-adds a point.
std::size_t multiply_adds(const std::vector<LayerSpec>& layers);

}  // namespace equicloud::outlier
