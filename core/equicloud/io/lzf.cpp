// SPDX-License-Identifier: BSD-3-Clause
// The LZF format: a control byte c < 32 is followed by c + 1 literal bytes; otherwise c >> 5 is the
// length of a repetition minus 2 (7: one more byte is added to it), and the low 5 bits of c with
// the byte after it are the distance back minus 1.
#include <equicloud/io/lzf.h>
#include <liblzf/lzf.h>

#include <algorithm>
#include <climits>
#include <cstdint>

namespace equicloud::io {
namespace {

constexpr std::size_t kMaxLiterals = 32;
constexpr std::size_t kMaxDistance = std::size_t{1} << 13;
constexpr std::size_t kMaxMatch = 264;
constexpr unsigned kHashBits = 16;

std::size_t slot(const unsigned char* p) noexcept {
  const std::uint32_t three = (std::uint32_t{p[0]} << 16) | (std::uint32_t{p[1]} << 8) | p[2];
  return (three * 2654435761U) >> (32U - kHashBits);
}

void put_literals(const unsigned char* first, std::size_t count, std::vector<unsigned char>& out) {
  while (count > 0) {
    const std::size_t run = std::min(count, kMaxLiterals);
    out.push_back(static_cast<unsigned char>(run - 1));
    out.insert(out.end(), first, first + run);
    first += run;
    count -= run;
  }
}

void put_match(std::size_t distance, std::size_t length, std::vector<unsigned char>& out) {
  const std::size_t code = length - 2;
  const std::size_t back = distance - 1;
  out.push_back(static_cast<unsigned char>((std::min<std::size_t>(code, 7) << 5) | (back >> 8)));
  if (code >= 7) out.push_back(static_cast<unsigned char>(code - 7));
  out.push_back(static_cast<unsigned char>(back & 0xFF));
}

}  // namespace

std::vector<unsigned char> lzf_pack(const std::vector<unsigned char>& bytes) {
  std::vector<unsigned char> out;
  out.reserve(bytes.size() / 2 + 16);
  std::vector<std::size_t> last(std::size_t{1} << kHashBits, 0);  // position + 1 of a hash
  const unsigned char* in = bytes.data();
  const std::size_t size = bytes.size();
  std::size_t literals = 0;  // first byte not yet written
  std::size_t at = 0;
  while (at + 3 <= size) {
    std::size_t& seen = last[slot(in + at)];
    const std::size_t candidate = seen;
    seen = at + 1;
    const std::size_t from = candidate - 1;
    if (candidate == 0 || at - from > kMaxDistance ||
        !std::equal(in + at, in + at + 3, in + from)) {
      ++at;
      continue;
    }
    std::size_t length = 3;
    const std::size_t most = std::min(size - at, kMaxMatch);
    while (length < most && in[from + length] == in[at + length]) ++length;
    put_literals(in + literals, at - literals, out);
    put_match(at - from, length, out);
    at += length;
    literals = at;
  }
  put_literals(in + literals, size - literals, out);
  return out;
}

bool lzf_unpack(const std::vector<unsigned char>& block,
                std::vector<unsigned char>& bytes) noexcept {
  if (bytes.empty()) return block.empty();
  if (block.size() > UINT_MAX || bytes.size() > UINT_MAX) return false;
  return lzf_decompress(block.data(), static_cast<unsigned>(block.size()), bytes.data(),
                        static_cast<unsigned>(bytes.size())) == bytes.size();
}

}  // namespace equicloud::io
