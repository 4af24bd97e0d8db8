# find_package(equicloud), then link equicloud::outlier or any other room of core.
# find_package(equicloud COMPONENTS pcl), then link equicloud::pcl, the outlier filter for PCL pipelines; with
# COMPONENTS pcl_shapes link equicloud::pcl_shapes, what things are and their signatures.
# The libraries are static, so what they link is found here too.
include(CMakeFindDependencyMacro)
find_dependency(Threads)
find_dependency(hwy)
find_dependency(nlohmann_json)
include(${CMAKE_CURRENT_LIST_DIR}/equicloudTargets.cmake)

foreach(equicloud_component ${equicloud_FIND_COMPONENTS})
  set(equicloud_${equicloud_component}_FOUND FALSE)
  set(equicloud_targets ${CMAKE_CURRENT_LIST_DIR}/equicloud_${equicloud_component}_targets.cmake)
  if(equicloud_component MATCHES "^pcl" AND EXISTS ${equicloud_targets})
    if(NOT TARGET pcl_filters)
      find_dependency(PCL 1.13 COMPONENTS common search kdtree filters)
    endif()
    include(${equicloud_targets})
    set(equicloud_${equicloud_component}_FOUND TRUE)
  elseif(TARGET equicloud::${equicloud_component})
    set(equicloud_${equicloud_component}_FOUND TRUE)
  elseif(equicloud_FIND_REQUIRED_${equicloud_component})
    set(equicloud_FOUND FALSE)
    set(equicloud_NOT_FOUND_MESSAGE "equicloud was installed without the component '${equicloud_component}'; "
      "for pcl and pcl_shapes configure it with -DEQUICLOUD_WITH_PCL=ON and install again")
  endif()
endforeach()
