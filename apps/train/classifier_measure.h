// SPDX-License-Identifier: BSD-3-Clause
// Measures a model file through the library's own ShapeClassifier, on the validation shapes of a
// data set: turned at random, damaged, and beside clouds that are no object. No libtorch.
// Everything that is random comes from fixed seeds, so that the same call gives the same figures on
// any number of threads.
#pragma once

#include <equicloud/base/executor.h>
#include <equicloud/classify/classifier.h>
#include <train/shape_figures.h>
#include <train/shape_recipe.h>
#include <train/shape_set.h>

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace equicloud::train {

/// Who is asked.
enum class Voice {
  fused,      ///< both branches
  set,        ///< the set branch alone
  spherical,  ///< the spherical branch alone
  filtered,   ///< both branches behind the outlier filter, the library's default
};
constexpr std::size_t kVoices = 4;
/// "fused", "set alone", "spherical alone", "fused behind the filter".
const char* name_of(Voice voice) noexcept;

/// The four voices of one model.
class Voices {
 public:
  explicit Voices(const std::shared_ptr<const classify::Model>& model);

  const classify::ShapeClassifier& operator[](Voice voice) const {
    return *classifiers_[static_cast<std::size_t>(voice)];
  }

 private:
  std::array<std::unique_ptr<const classify::ShapeClassifier>, kVoices> classifiers_;
};

/// The validation rows of a set, as a model sees them.
struct JudgedShapes {
  std::vector<std::size_t> rows;      ///< of classes that the model knows
  std::vector<std::size_t> truth;     ///< their labels, the model's
  std::vector<std::size_t> left_out;  ///< rows of classes that it does not know
};
/// Classes are matched by name. Throws InvalidArgument if the model knows none of them.
JudgedShapes judged_shapes(const ShapeSet& shapes, const std::vector<std::string>& model_classes);

/// Clouds of the rows, each damaged on its own: from `seed` and the row alone.
std::vector<Cloud> damaged_clouds(const ShapeSet& shapes, const std::vector<std::size_t>& rows,
                                  Damage damage, std::uint64_t seed, const Executor& executor);

/// What the classifier says of each cloud, side by side on the executor.
std::vector<classify::Classification> classified(const std::vector<Cloud>& clouds,
                                                 const classify::ShapeClassifier& classifier,
                                                 const Executor& executor);

/// @param classes  of the model, "unknown" included
Answer answer_of(const classify::Classification& it, std::size_t truth);
std::vector<Answer> answers_of(const std::vector<classify::Classification>& results,
                               const std::vector<std::size_t>& truth);

/// The same clouds in many poses.
struct Stability {
  std::size_t clouds = 0, rotations = 0;
  double same_answer = 0.0;     ///< share of poses answered as the unturned cloud, "unknown" too
  double same_class = 0.0;      ///< share with the same most probable known class
  double largest_change = 0.0;  ///< of a probability
  double mean_change = 0.0;     ///< of the probability of the unturned cloud's best class
};
Stability stability(const std::vector<Cloud>& clouds, std::size_t rotations,
                    const classify::ShapeClassifier& classifier, const Executor& executor);

/// Clouds of one kind that are none of the classes.
struct JunkScores {
  std::string kind;
  bool learned = false;               ///< a kind that the training uses
  std::vector<float> known_scores{};  ///< 0 where the networks were not asked
  double accepted = 0.0;              ///< share that was given a class, at the model's threshold
};
JunkScores junk_scores(std::string kind, bool learned, const std::vector<Cloud>& clouds,
                       const classify::ShapeClassifier& classifier, const Executor& executor);
/// Every kind of held_out_junk.h, then of junk.h (its pieces taken from the judged rows, which no
/// training saw), `each` clouds a kind; then the left-out classes, if there are any.
std::vector<JunkScores> all_junk_scores(const ShapeSet& shapes, const JudgedShapes& judged,
                                        std::size_t each,
                                        const classify::ShapeClassifier& classifier,
                                        const Executor& executor);

}  // namespace equicloud::train
