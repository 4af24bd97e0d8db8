# How every library, program and test of the house is declared: one call each.
include(GNUInstallDirs)

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES AND PROJECT_IS_TOP_LEVEL)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
find_program(EQUICLOUD_CCACHE ccache)
if(EQUICLOUD_CCACHE AND PROJECT_IS_TOP_LEVEL)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${EQUICLOUD_CCACHE})
endif()
find_package(Threads REQUIRED)

# Warnings, standard and sanitizers: a usage requirement of our own targets, never of a user's.
add_library(equicloud_build_flags INTERFACE)
target_compile_features(equicloud_build_flags INTERFACE cxx_std_17)
target_compile_options(equicloud_build_flags INTERFACE -Wall -Wextra -Wpedantic
  $<$<BOOL:${EQUICLOUD_WERROR}>:-Werror>
  # Same bits on every compiler: no contraction of a*b+c behind our back. Kernels ask for FMA by name.
  -ffp-contract=off)
if(EQUICLOUD_SANITIZE)
  # GCC's maybe-uninitialized is wrong about std::regex and std::optional once code is instrumented.
  target_compile_options(equicloud_build_flags INTERFACE -fsanitize=${EQUICLOUD_SANITIZE}
    -fno-omit-frame-pointer -fno-sanitize-recover=all $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  target_link_options(equicloud_build_flags INTERFACE -fsanitize=${EQUICLOUD_SANITIZE})
endif()

# equicloud_library(<room> SOURCES <files> [USES <rooms>] [PRIVATE_LINKS <targets>] [PUBLIC_LINKS <targets>])
# The target equicloud_<room>, alias equicloud::<room>, with core/ as the include root.
function(equicloud_library room)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES;PRIVATE_LINKS;PUBLIC_LINKS" ${ARGN})
  add_library(equicloud_${room} STATIC ${ARG_SOURCES})
  add_library(equicloud::${room} ALIAS equicloud_${room})
  set_target_properties(equicloud_${room} PROPERTIES EXPORT_NAME ${room})
  list(TRANSFORM ARG_USES PREPEND equicloud::)
  target_include_directories(equicloud_${room} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/core> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  target_compile_features(equicloud_${room} PUBLIC cxx_std_17)
  target_link_libraries(equicloud_${room} PUBLIC ${ARG_USES} ${ARG_PUBLIC_LINKS}
    PRIVATE ${ARG_PRIVATE_LINKS} $<BUILD_INTERFACE:equicloud_build_flags>)
endfunction()

# equicloud_app_library(<name> ...): the same for a room under apps/, whose include root is apps/.
function(equicloud_app_library name)
  equicloud_library(${name} ${ARGN})
  target_include_directories(equicloud_${name} PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/apps>)
endfunction()

# equicloud_program(<name> [FFTW] SOURCES <files> USES <rooms> [LINKS <targets>])
# FFTW: its transforms may use FFTW (GPL); see core/equicloud/fft/CMakeLists.txt.
function(equicloud_program name)
  cmake_parse_arguments(ARG "FFTW" "" "SOURCES;USES;LINKS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  set_target_properties(${name} PROPERTIES EQUICLOUD_FFTW ${ARG_FFTW})
  list(TRANSFORM ARG_USES PREPEND equicloud::)
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/apps)
  target_link_libraries(${name} PRIVATE ${ARG_USES} ${ARG_LINKS} equicloud_build_flags)
endfunction()

# equicloud_test(<room> [FFTW] SOURCES <files> USES <rooms> [LINKS <targets>] [LABELS <labels>])
# One executable a room, every TEST a ctest case. Labels: `core` runs in the address/undefined sanitizer
# job, `threads` in the thread sanitizer job as well. Each label L has a target tests_L that builds its tests.
function(equicloud_test room)
  cmake_parse_arguments(ARG "FFTW" "" "SOURCES;USES;LINKS;LABELS" ${ARGN})
  list(TRANSFORM ARG_USES PREPEND equicloud::)
  add_executable(test_${room} ${ARG_SOURCES})
  set_target_properties(test_${room} PROPERTIES EQUICLOUD_FFTW ${ARG_FFTW})
  target_include_directories(test_${room} PRIVATE ${PROJECT_SOURCE_DIR}/tests ${PROJECT_SOURCE_DIR}/apps)
  target_compile_definitions(test_${room} PRIVATE
    EQUICLOUD_SOURCE_DIR="${PROJECT_SOURCE_DIR}" EQUICLOUD_BIN_DIR="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
  target_link_libraries(test_${room} PRIVATE ${ARG_USES} ${ARG_LINKS} GTest::gtest_main equicloud_build_flags)
  set(properties TIMEOUT 600)
  if(ARG_LABELS)
    list(JOIN ARG_LABELS "+" label)  # one label "core+threads": gtest_discover_tests flattens lists of labels
    list(APPEND properties LABELS ${label})
  endif()
  gtest_discover_tests(test_${room} DISCOVERY_TIMEOUT 60 PROPERTIES ${properties})
  foreach(label ${ARG_LABELS})
    if(NOT TARGET tests_${label})
      add_custom_target(tests_${label})
    endif()
    add_dependencies(tests_${label} test_${room})
  endforeach()
endfunction()
