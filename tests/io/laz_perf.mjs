// SPDX-License-Identifier: BSD-3-Clause
// node laz_perf.mjs PREFIX FOLDER: decodes every NAME.laz of the folder with the npm package
// laz-perf and compares its points with those of NAME.las. Exit status 1 where they differ.
import fs from 'node:fs';
import { createRequire } from 'node:module';

const [prefix, folder] = process.argv.slice(2);
const { createLazPerf } = createRequire(`${prefix}/`)('laz-perf');
const lazPerf = await createLazPerf();

function differing(laz, las) {
  const bytes = lazPerf._malloc(laz.length);
  lazPerf.HEAPU8.set(laz, bytes);
  const decoder = new lazPerf.LASZip();
  decoder.open(bytes, laz.length);
  const length = decoder.getPointLength();
  const point = lazPerf._malloc(length);
  const begin = las.readUInt32LE(96);
  let count = 0;
  for (let i = 0; i < decoder.getCount(); ++i) {
    decoder.getPoint(point);
    const expected = las.subarray(begin + i * length, begin + (i + 1) * length);
    if (!expected.equals(lazPerf.HEAPU8.subarray(point, point + length))) ++count;
  }
  decoder.delete();
  lazPerf._free(point);
  lazPerf._free(bytes);
  return count;
}

let failed = 0;
for (const name of fs.readdirSync(folder).filter((n) => n.endsWith('.laz'))) {
  const laz = fs.readFileSync(`${folder}/${name}`);
  const las = fs.readFileSync(`${folder}/${name.replace('.laz', '.las')}`);
  const count = differing(laz, las);
  if (count > 0) console.error(`${name}: ${count} points differ`);
  failed += count;
}
process.exit(failed > 0 ? 1 : 0);
