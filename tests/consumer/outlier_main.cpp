// SPDX-License-Identifier: BSD-3-Clause
// The whole way with the installed library alone: points in, scores out. Exit status 0 if a point
// far from a small sheet is judged more of an outlier than one of the sheet.
#include <equicloud/outlier/scorer.h>

#include <vector>

int main() {
  std::vector<float> xyz;
  for (int x = 0; x < 20; ++x)
    for (int y = 0; y < 20; ++y)
      for (const int coordinate : {x, y, 0}) xyz.push_back(0.1F * static_cast<float>(coordinate));
  for (const float coordinate : {1.0F, 1.0F, 5.0F}) xyz.push_back(coordinate);
  const equicloud::outlier::Scores scores =
      equicloud::outlier::OutlierScorer().score(equicloud::PointsView(xyz));
  const bool far_is_worse = scores.probability.back() > scores.probability[210];
  return scores.status == equicloud::outlier::Status::scored && far_is_worse ? 0 : 1;
}
