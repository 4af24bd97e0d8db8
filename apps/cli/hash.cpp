// SPDX-License-Identifier: BSD-3-Clause
#include "cli/hash.h"

#include <equicloud/base/error.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>
#include <vector>

namespace equicloud::cli {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{1} << 18;

[[noreturn]] void fail(const std::string& path) {
  throw IoError(path + ": cannot be read: " + std::generic_category().message(errno));
}

}  // namespace

std::uint64_t hash_of(std::string_view bytes) noexcept {
  return XXH3_64bits(bytes.data(), bytes.size());
}

std::uint64_t hash_of_file(const std::string& path) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rbe"),
                                                             &std::fclose);
  if (!file) fail(path);
  std::setvbuf(file.get(), nullptr, _IONBF, 0);
  const std::unique_ptr<XXH3_state_t, XXH_errorcode (*)(XXH3_state_t*)> state(XXH3_createState(),
                                                                              &XXH3_freeState);
  if (!state) throw std::bad_alloc();
  XXH3_64bits_reset(state.get());
  std::vector<unsigned char> block(kBlockBytes);
  while (const std::size_t count = std::fread(block.data(), 1, block.size(), file.get()))
    XXH3_64bits_update(state.get(), block.data(), count);
  if (std::ferror(file.get()) != 0) fail(path);
  return XXH3_64bits_digest(state.get());
}

std::string hexadecimal(std::uint64_t hash) {
  std::array<char, 17> text{};
  std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(hash));
  return text.data();
}

}  // namespace equicloud::cli
