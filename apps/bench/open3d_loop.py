# SPDX-License-Identifier: BSD-3-Clause
"""The loop that Open3D's users write: each cloud of a folder through its statistical filter.

open3d_loop.py IN OUT PROCESSES: what equicloud_bench_batch times as a peer. Outputs mirror the tree.
"""

import multiprocessing
import pathlib
import sys

import open3d


def clean(job):
    source, target = job
    cloud = open3d.io.read_point_cloud(str(source))
    kept, _ = cloud.remove_statistical_outlier(nb_neighbors=16, std_ratio=2.0)
    open3d.io.write_point_cloud(str(target), kept)


def main():
    folder, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    jobs = [(path, out / path.relative_to(folder)) for path in sorted(folder.rglob("*.pcd"))]
    for parent in {target.parent for _, target in jobs}:
        parent.mkdir(parents=True, exist_ok=True)
    with multiprocessing.Pool(int(sys.argv[3])) as pool:
        pool.map(clean, jobs, chunksize=16)


if __name__ == "__main__":
    main()
