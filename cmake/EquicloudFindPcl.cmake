# PCL's targets, looked for once: PCLConfig defines them in the folder that asks. The filter needs the first
# four components, none of which wants VTK; programs that read clouds with PCL, cut them into clusters or describe them the rest.
set(components common search kdtree filters)
if(EQUICLOUD_BUILD_CLI)
  list(APPEND components features io segmentation)
endif()
find_package(PCL 1.13 QUIET COMPONENTS ${components})
if(NOT PCL_FOUND)
  message(FATAL_ERROR "EQUICLOUD_WITH_PCL is ON but PCL >= 1.13 was not found; "
    "install it (cmake/setup.sh pcl) or switch it off with -DEQUICLOUD_WITH_PCL=OFF")
endif()
