// SPDX-License-Identifier: BSD-3-Clause
// Example 3: what stands inside a ROS 2 node, without ROS.
//   equicloud_example_node IN.pcd
// sends one message through the node and says what came out. A ROS 2 wrapper adds, and nothing
// else:
//  - class OutlierFilter : rclcpp::Node (or a component), which owns an OutlierFilterNode;
//  - declare_parameter for each member of Parameters; on a change, setParameters() under the mutex
//    of the subscription's callback group (a filter is used by one thread at a time);
//  - a subscription of sensor_msgs::msg::PointCloud2 with rclcpp::SensorDataQoS (keep last: a frame
//    that is late is dropped, not queued), pcl_conversions::moveToPCL into the message below;
//  - a publisher; pcl_conversions::moveFromPCL, publish(std::unique_ptr) to spare a copy.
// frame_id and stamp travel in the header, so tf is not needed: scores do not change with motions.
#include <equicloud/pcl/equivariant_outlier_removal.h>
#include <pcl/io/pcd_io.h>

#include <cstdio>
#include <functional>
#include <string>
#include <utility>

namespace {

class OutlierFilterNode {
 public:
  using Message = pcl::PCLPointCloud2;
  using Publish = std::function<void(const Message&)>;

  /// The node's parameters, by the names a launch file would use.
  struct Parameters {
    std::string model = "general";  ///< or a model file
    float threshold = 0.5F;         ///< remove above this probability
    double outlier_fraction = 0.0;  ///< > 0: remove this share of the points instead
    unsigned int threads = 0;       ///< 0: all processors
    bool keep_organized = false;    ///< removed points become NaN in place
  };

  OutlierFilterNode(const Parameters& parameters, Publish publish)
      : filter_(true), publish_(std::move(publish)) {
    setParameters(parameters);
  }

  /// @returns false if the model cannot be read (the reason is on standard error)
  bool setParameters(const Parameters& p) {
    filter_.setThreshold(p.threshold);
    if (p.outlier_fraction > 0.0) filter_.setOutlierFraction(p.outlier_fraction);
    filter_.setNumberOfThreads(p.threads);
    filter_.setKeepOrganized(p.keep_organized);
    return filter_.setModel(p.model);
  }

  /// The callback of the subscription.
  void onCloud(const Message::ConstPtr& message) {
    filter_.setInputCloud(message);
    filter_.filter(output_);
    publish_(output_);
  }

 private:
  equicloud::EquivariantOutlierRemoval<Message> filter_;
  Message output_;  // kept: its memory serves the next message
  Publish publish_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: equicloud_example_node IN.pcd\n");
    return 2;
  }
  const pcl::PCLPointCloud2::Ptr message(new pcl::PCLPointCloud2);
  if (pcl::io::loadPCDFile(argv[1], *message) != 0) {
    std::fprintf(stderr, "equicloud_example_node: cannot read %s as PCD\n", argv[1]);
    return 1;
  }
  OutlierFilterNode node({}, [&](const pcl::PCLPointCloud2& output) {
    std::printf("in: %u points; out: %u points, %zu fields\n", message->width * message->height,
                output.width * output.height, output.fields.size());
  });
  node.onCloud(message);
  return 0;
}
