# One word for each thing a person does; each is a preset of CMakePresets.json after cmake/setup.sh has
# installed what is missing. Programs end up in build/release/bin/.
export CCACHE_DIR ?= $(CURDIR)/build/ccache
export CTEST_PARALLEL_LEVEL ?= $(shell nproc)
SOURCES = git ls-files -z 'core/*.h' 'core/*.cpp' 'plugin/*.h' 'plugin/*.hpp' 'plugin/*.cpp' 'apps/*.h' 'apps/*.cpp' 'tests/*.h' 'tests/*.cpp'
PREFIX ?= /usr/local
WERROR ?= OFF
SECONDS ?= 60
MODEL ?= data/models/classifier-modelnet40.safetensors

.PHONY: help run run-pcl viewer viewer-asan pictures test bench bench-batch bench-tiles bench-outliers bench-transforms bench-mnist bench-equivariance bench-classifier
.PHONY: bench-statistics
.PHONY: bench-popstats universality install core-only asan
.PHONY: tsan laz-check fuzz tidy format format-check clean

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*##/  make \1\t/p' $(MAKEFILE_LIST) | expand -t 26

run:  ## build the command line program, clean the sample scan, classify an object (core and cli alone)
	@cmake/setup.sh core cli
	@test -f build/release/build.ninja || cmake --preset release
	@cmake --build --preset release
	@apps/cli/demo.sh

run-pcl:  ## the sample scan through a PCL pipeline; its scores against the command line's
	@cmake/setup.sh core cli pcl
	cmake --workflow --preset examples
	@apps/examples/run_pipeline.sh

viewer:  ## build the viewer (Open3D) and open the sample scan; clean it, name things, turn it
	@cmake/setup.sh core cli open3d
	cmake --workflow --preset viewer
	build/release/bin/equicloud_viewer data/clouds/street.pcd

viewer-asan:  ## the viewer under the address sanitizer: opened and closed twenty times, during work too, and a session
	@cmake/setup.sh core cli tests open3d
	cmake --preset viewer-asan
	cmake --build build/viewer-asan --target equicloud_viewer
	tests/viewer/sanitized.sh build/viewer-asan/bin data/clouds

pictures:  ## draw the README's pictures with the viewer, on a virtual display
	@cmake/setup.sh core cli open3d
	cmake --workflow --preset viewer
	apps/viewer/pictures/draw.sh

test:  ## install the whole set-up, build everything, run all tests (WERROR=ON: warnings are errors)
	@cmake/setup.sh core fft cli tests train pcl open3d
	cmake --preset full -DEQUICLOUD_WERROR=$(WERROR)
	cmake --build --preset full
	ctest --preset full

bench:  ## time the scorer and a frame in the filter beside PCL's statistical filter
	@cmake/setup.sh core cli pcl
	cmake --workflow --preset bench
	build/release/bin/equicloud_bench
	build/release/bin/equicloud_bench_frames

bench-transforms:  ## time the transforms beside FFTW alone and OpenBLAS alone; draw build/release/transforms.png
	@cmake/setup.sh core cli fft benchmark
	cmake --preset release -DEQUICLOUD_WITH_BENCHMARK=ON
	cmake --build build/release --target equicloud_bench_transforms
	build/release/bin/equicloud_bench_transforms --plot=build/release/transforms.png

bench-batch:  ## a folder of 20,200 clouds through the command line, beside one thread in memory, PCL under GNU parallel and Open3D in Python
	@cmake/setup.sh core cli
	@test -f build/release/build.ninja || cmake --preset release
	cmake --build build/release --target equicloud_bench_batch
	build/release/bin/equicloud_bench_batch --folder build/release/batch-bench --open3d-loop apps/bench/open3d_loop.py

bench-outliers:  ## outlier filters side by side, ours, PCL, Open3D, nanoflann: time, memory, plots; with DATA=SHAPES also how well they tell outliers; SIZES="100000 1000000" is quicker
	@cmake/setup.sh core cli pcl open3d
	cmake --preset peers
	cmake --build build/release --target equicloud_bench_outliers equicloud_validate
	build/release/bin/equicloud_bench_outliers --plots build/release $(if $(SIZES),--sizes $(SIZES))
	$(if $(DATA),build/release/bin/equicloud_validate --data "$(DATA)")
	$(if $(DATA),build/release/bin/equicloud_validate --data "$(DATA)" --structured)

bench-tiles:  ## 200 million points with --memory 2G through the command line (30 GB of disk, about a quarter of an hour): make bench-tiles [POINTS=N]
	@cmake/setup.sh core cli
	@test -f build/release/build.ninja || cmake --preset release
	cmake --build build/release --target equicloud_bench_tiles
	build/release/bin/equicloud_bench_tiles --folder build/release/tiles-bench --points $(or $(POINTS),200000000)

bench-mnist:  ## accuracy of the spherical networks on held-out digits: make bench-mnist MNIST=FOLDER (IDX files)
	@test -n "$(MNIST)" || { echo "say where MNIST's training files are: make bench-mnist MNIST=FOLDER"; exit 2; }
	@cmake/setup.sh core cli fft
	cmake --preset release
	cmake --build build/release --target equicloud_mnist
	build/release/bin/equicloud_mnist --data $(MNIST) data/models/mnist-sphere*.safetensors

bench-equivariance:  ## how far layers and the classifier's stack are from equivariant, by bandwidth; draw build/release/equivariance.png
	@cmake/setup.sh core cli
	@test -f build/release/build.ninja || cmake --preset release
	cmake --build build/release --target equicloud_bench_equivariance
	build/release/bin/equicloud_bench_equivariance --plot build/release/equivariance.png

bench-classifier:  ## figures of a shape classifier, beside PCL's VFH and ESF: make bench-classifier DATA=DIR [MODEL=FILE]
	@test -d "$(DATA)" || { echo 'make bench-classifier DATA=DIR: no folder "$(DATA)"; it holds packed shapes (labels.csv) or a folder of clouds a class' >&2; exit 2; }
	@cmake/setup.sh core cli data pcl
	cmake --preset release -DEQUICLOUD_WITH_PCL=ON
	cmake --build build/release --target equicloud_validate equicloud_bench_descriptors
	build/release/bin/equicloud_validate classifier --data "$(DATA)" --model "$(MODEL)"
	build/release/bin/equicloud_bench_descriptors --data "$(DATA)"

bench-statistics:  ## errors and intervals of `equicloud estimate` on held-out shapes: make bench-statistics DATA=DIR
	@test -d "$(DATA)" || { echo 'make bench-statistics DATA=DIR: no folder "$(DATA)"; it holds clean shapes (NAME.npz)' >&2; exit 2; }
	@cmake/setup.sh core cli data
	@test -f build/release/build.ninja || cmake --preset release
	cmake --build build/release --target equicloud_validate
	build/release/bin/equicloud_validate statistics --data "$(DATA)" --model data/models/statistics.safetensors

bench-popstats:  ## entropy and mutual information from sets, a network beside plug-in and k-NN estimators; draw build/release/popstats.png
	@cmake/setup.sh core cli train
	cmake --preset release -DEQUICLOUD_WITH_TORCH=ON
	cmake --build build/release --target equicloud_train
	build/release/bin/equicloud_train population --out build/release/popstats.csv

universality:  ## rho(sum phi) fitted to functions of sets, error against width; draw build/release/universality.png
	@cmake/setup.sh core cli train
	cmake --preset release -DEQUICLOUD_WITH_TORCH=ON
	cmake --build build/release --target equicloud_train
	build/release/bin/equicloud_train universality --out build/release/universality.csv

install:  ## install program and library: make install PREFIX=...
	@cmake/setup.sh core cli
	@test -f build/release/build.ninja || cmake --preset release
	cmake --build --preset release
	cmake --install build/release --prefix $(PREFIX)

core-only:  ## the library without any optional part, and its tests
	@cmake/setup.sh core tests
	cmake --workflow --preset core-only

laz-check:  ## compressed LAS held against an independent decoder, the npm package laz-perf (needs node and npm)
	@cmake/setup.sh core tests
	npm install --silent --prefix build/node laz-perf@0.0.7
	cmake --preset core-only
	cmake --build build/core-only --target test_io
	build/core-only/bin/test_io --gtest_filter='Laz.*'

fuzz:  ## the readers against libFuzzer, SECONDS each (default 60): make fuzz SECONDS=1200 (needs clang)
	@cmake/setup.sh core tests fuzz
	cmake --preset fuzz
	cmake --build --preset fuzz
	tests/fuzz/run.sh build/fuzz $(SECONDS)

asan:  ## core's tests under the address and undefined behaviour sanitizers
	@cmake/setup.sh core tests
	cmake --workflow --preset asan

tsan:  ## the threaded tests under the thread sanitizer
	@cmake/setup.sh core tests
	cmake --workflow --preset tsan

tidy:  ## clang-tidy over all sources
	@cmake/setup.sh core cli tests train pcl tools
	cmake --preset full
	run-clang-tidy -quiet -extra-arg=-std=c++17 -p build/release '^$(CURDIR)/(core|plugin|apps|tests)/'

format:  ## clang-format all sources in place
	@cmake/setup.sh tools
	$(SOURCES) | xargs -0 clang-format -i

format-check:  ## fail where clang-format would change a line
	@cmake/setup.sh tools
	$(SOURCES) | xargs -0 clang-format --dry-run -Werror

clean:  ## remove everything that was built
	rm -rf build
