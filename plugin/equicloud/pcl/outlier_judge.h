// SPDX-License-Identifier: BSD-3-Clause
// What the typed filter and the one for PCLPointCloud2 have in common: the settings, the scores of
// the last cloud, and the memory they are worked out in, which is kept from call to call.
#pragma once

#include <equicloud/outlier/scorer.h>
#include <equicloud/points/points_view.h>
#include <pcl/types.h>

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace equicloud {

/// Settings are checked when a cloud is filtered, as PCL's filters do: a filter with a wrong one
/// reports it with PCL_ERROR and gives an empty cloud, never a cloud that only looks cleaned.
class OutlierJudge {
 public:
  /// Points that score above this are removed. Default: the model's own, 0.5 for the embedded one.
  /// Of setThreshold and setOutlierFraction the last call counts.
  /// @param threshold  a probability from 0 to 1
  void setThreshold(float threshold);
  /// The threshold as set or, after a call of filter(), as used (setOutlierFraction finds it anew
  /// for every cloud).
  float getThreshold() const noexcept;

  /// Removes the worst of the judged finite points, at most this share of them (equal scores go
  /// together). @param fraction  from 0 to below 1, such as 0.02
  void setOutlierFraction(double fraction);
  /// As set, or 0 while a threshold is in force.
  double getOutlierFraction() const noexcept;

  /// "general", the model embedded in the library, or the path of a model file, which is read now.
  /// @returns false, after PCL_ERROR, if it cannot be read; the filter then refuses to work until
  /// another model is set.
  bool setModel(const std::string& name_or_path);

  /// @param threads  that work at once, the calling one included; 0 = one a processor (the default
  /// is 1, as everywhere in PCL). Results have the same bits for any number.
  void setNumberOfThreads(unsigned int threads = 0);
  unsigned int getNumberOfThreads() const noexcept;

  /// Of the last cloud given to filter(), one a point of the whole cloud, whatever the indices: the
  /// probability of being an outlier in [0, 1]; NaN for a point that is not finite. The same bits
  /// as the field outlier_score of `equicloud score`.
  const std::vector<float>& getScores() const noexcept;

 protected:
  OutlierJudge();
  OutlierJudge(const OutlierJudge& other);  ///< takes the settings; scores and memory are its own
  OutlierJudge& operator=(const OutlierJudge& other);
  virtual ~OutlierJudge();

  /// Scores all points and finds the threshold for those that `judged` names.
  /// @returns false, after PCL_ERROR in the name of `caller`, if nothing may be said of the cloud
  bool judge(PointsView points, const pcl::Indices& judged, const std::string& caller) noexcept;
  /// The verdict on a point of the cloud that judge() saw; true for one that is not finite.
  bool isOutlier(pcl::index_t index) const noexcept;

  /// Where the scores come from; a subclass may put its own in their place and keep the rest.
  virtual void computeScores(PointsView points, outlier::Scores& scores);

 private:
  struct Settings;
  struct Memory;
  std::unique_ptr<Settings> settings_;
  std::unique_ptr<Memory> memory_;
};

}  // namespace equicloud
