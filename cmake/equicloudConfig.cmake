# find_package(equicloud), then link equicloud::outlier or any other room. The libraries are static, so what
# they link is found here too.
include(CMakeFindDependencyMacro)
find_dependency(Threads)
find_dependency(hwy)
find_dependency(nanoflann)
find_dependency(nlohmann_json)
include(${CMAKE_CURRENT_LIST_DIR}/equicloudTargets.cmake)
