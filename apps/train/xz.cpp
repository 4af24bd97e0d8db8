// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <train/xz.h>

#ifdef EQUICLOUD_TRAIN_LZMA
#include <lzma.h>
#endif

#include <cstdint>

namespace equicloud::train {

#ifdef EQUICLOUD_TRAIN_LZMA

std::vector<unsigned char> unpack_xz(const std::vector<unsigned char>& packed, std::size_t most,
                                     const std::string& name) {
  std::uint64_t memory = std::uint64_t{256} << 20;  // xz -9 asks for 65 MiB
  std::vector<unsigned char> out(most);
  std::size_t read = 0, written = 0;
  const lzma_ret status = lzma_stream_buffer_decode(
      &memory, 0, nullptr, packed.data(), &read, packed.size(), out.data(), &written, out.size());
  if (status == LZMA_BUF_ERROR && read < packed.size()) {
    throw FormatError(name + ": unpacks to more than the " + std::to_string(most) +
                      " bytes expected");
  }
  if (status != LZMA_OK || read != packed.size()) {
    throw FormatError(name + ": is not a whole .xz stream (truncated or damaged)");
  }
  out.resize(written);
  return out;
}

#else

std::vector<unsigned char> unpack_xz(const std::vector<unsigned char>&, std::size_t,
                                     const std::string& name) {
  throw FormatError(name + ": this program was built without liblzma and reads unpacked shards; " +
                    "run `xz -dk` on the file first");
}

#endif

}  // namespace equicloud::train
