// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/base/random.h>
#include <equicloud/outlier/certificate.h>
#include <equicloud/points/motion.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace equicloud::outlier {
namespace {

// The rounding of moved coordinates to float; the project's bounds since its first model.
constexpr double kLargestChange = 1e-3;
constexpr double kMeanChange = 1e-5;
constexpr float kScalings[] = {0x1p-20F, 0x1p20F, 0.3048F, 1000.0F / 3.0F};

double change_of(float before, float after) {
  if (std::isnan(before) && std::isnan(after)) return 0.0;
  if (std::isnan(before) || std::isnan(after)) return std::numeric_limits<double>::infinity();
  return std::fabs(static_cast<double>(after) - before);
}

// A law being tried.
class Trial {
 public:
  Trial(std::string law, bool promised, bool exact) {
    finding_.law = std::move(law);
    finding_.promised = promised;
    finding_.largest_allowed = exact ? 0.0 : kLargestChange;
    finding_.mean_allowed = exact ? 0.0 : kMeanChange;
  }

  /// @param index  of each entry of `after`: the point of `before` it belongs to
  template <typename Index>
  void compare(const std::vector<float>& before, const std::vector<float>& after,
               const Index& index) {
    ++finding_.trials;
    for (std::size_t i = 0; i < after.size(); ++i) {
      const double change = change_of(before[index(i)], after[i]);
      finding_.largest_change = std::max(finding_.largest_change, change);
      sum_ += change;
    }
    compared_ += after.size();
  }
  void compare(const std::vector<float>& before, const std::vector<float>& after) {
    compare(before, after, [](std::size_t i) { return i; });
  }

  LawFinding finding() const {
    LawFinding result = finding_;
    if (compared_ > 0) result.mean_change = sum_ / static_cast<double>(compared_);
    return result;
  }

 private:
  LawFinding finding_;
  double sum_ = 0.0;
  std::size_t compared_ = 0;
};

class Certifier {
 public:
  Certifier(const Scoring& scoring, PointsView points, const std::vector<std::string>& promises,
            const Executor& executor, const CertificateOptions& options)
      : scoring_(scoring),
        points_(points),
        promises_(promises),
        executor_(executor),
        options_(options),
        before_(scoring(points, executor)) {
    if (!of_cloud() && before_.size() != points.size)
      throw InvalidArgument("certify: the scoring gave " + std::to_string(before_.size()) +
                            " scores for " + std::to_string(points.size) + " points");
  }

  std::vector<LawFinding> run() const {
    return {repeated_runs(), threads(), permutations(), copies(), motions(), scalings()};
  }

 private:
  bool of_cloud() const noexcept { return options_.answers == Answers::of_cloud; }
  // Whose answer entry i belongs to, if points are taken in an order.
  std::size_t owner(const std::vector<std::size_t>& order, std::size_t i) const {
    return of_cloud() ? i : order[i];
  }
  bool promised(const char* promise) const {
    return std::find(promises_.begin(), promises_.end(), promise) != promises_.end();
  }
  std::vector<float> score(const std::vector<float>& xyz) const {
    return scoring_(PointsView(xyz), executor_);
  }
  // Packed coordinates of the points that `order` names.
  std::vector<float> taken(const std::vector<std::size_t>& order) const {
    std::vector<float> xyz;
    xyz.reserve(3 * order.size());
    for (const std::size_t i : order) xyz.insert(xyz.end(), points_[i], points_[i] + 3);
    return xyz;
  }

  LawFinding repeated_runs() const {
    Trial trial("repeated runs", true, true);
    for (int run = 0; run < 2; ++run) trial.compare(before_, scoring_(points_, executor_));
    return trial.finding();
  }

  LawFinding threads() const {
    Trial trial("threads", true, true);
    trial.compare(before_, scoring_(points_, serial_executor()));
    for (const int threads : {2, 3}) trial.compare(before_, scoring_(points_, ThreadPool(threads)));
    return trial.finding();
  }

  LawFinding permutations() const {
    Trial trial("permutations",
                promised(of_cloud() ? "permutation-invariant" : "permutation-equivariant"), true);
    Random random = Random(options_.seed).fork(0);
    std::vector<std::size_t> order(points_.size);
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (int p = 0; p < options_.permutations; ++p) {
      for (std::size_t i = order.size(); i > 1; --i)
        std::swap(order[i - 1], order[random.below(i)]);
      trial.compare(before_, score(taken(order)), [&](std::size_t i) { return owner(order, i); });
    }
    return trial.finding();
  }

  LawFinding copies() const {
    Trial trial("exact copies", true, true);
    std::vector<std::size_t> twice(2 * points_.size);
    for (std::size_t i = 0; i < twice.size(); ++i) twice[i] = i / 2;
    trial.compare(before_, score(taken(twice)), [&](std::size_t i) { return owner(twice, i); });
    return trial.finding();
  }

  LawFinding motions() const {
    Trial trial("motions", promised("motion-invariant"), false);
    Random random = Random(options_.seed).fork(1);
    for (int m = 0; m < options_.motions; ++m)
      trial.compare(before_, score(moved(points_, random_motion(points_, random))));
    return trial.finding();
  }

  LawFinding scalings() const {
    Trial trial("scalings", promised("scale-invariant"), false);
    for (const float factor : kScalings) {
      std::vector<float> xyz;
      for (std::size_t i = 0; i < points_.size; ++i)
        for (std::size_t a = 0; a < 3; ++a) xyz.push_back(factor * points_[i][a]);
      trial.compare(before_, score(xyz));
    }
    return trial.finding();
  }

  const Scoring& scoring_;
  PointsView points_;
  const std::vector<std::string>& promises_;
  const Executor& executor_;
  CertificateOptions options_;
  std::vector<float> before_;
};

}  // namespace

std::vector<LawFinding> certify(const Scoring& scoring, PointsView points,
                                const std::vector<std::string>& promises, const Executor& executor,
                                const CertificateOptions& options) {
  if (options.motions < 1 || options.permutations < 1)
    throw InvalidArgument("certify: motions is " + std::to_string(options.motions) +
                          " and permutations " + std::to_string(options.permutations) +
                          "; each must be at least 1");
  return Certifier(scoring, points, promises, executor, options).run();
}

}  // namespace equicloud::outlier
