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
  constexpr std::uint64_t memory = std::uint64_t{256} << 20;  // xz -9 asks for 65 MiB
  std::vector<unsigned char> out(most + 1);  // one more, so that a longer stream is noticed
  lzma_stream stream = LZMA_STREAM_INIT;
  stream.next_in = packed.data();
  stream.avail_in = packed.size();
  stream.next_out = out.data();
  stream.avail_out = out.size();
  lzma_ret status = lzma_stream_decoder(&stream, memory, 0);
  if (status == LZMA_OK) status = lzma_code(&stream, LZMA_FINISH);
  const std::size_t unread = stream.avail_in, room = stream.avail_out;
  lzma_end(&stream);
  if (room == 0) {
    throw FormatError(name + ": unpacks to more than the " + std::to_string(most) +
                      " bytes expected");
  }
  if (status != LZMA_STREAM_END || unread != 0) {
    throw FormatError(name + ": is not a whole .xz stream (truncated or damaged)");
  }
  out.resize(out.size() - room);
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
