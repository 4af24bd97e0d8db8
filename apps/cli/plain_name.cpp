// SPDX-License-Identifier: BSD-3-Clause
#include "cli/plain_name.h"

#include <array>
#include <cstddef>
#include <cstdio>
#include <cstdlib>

namespace equicloud::cli {
namespace {

// Bytes of the UTF-8 sequence that begins at `at`, 0 if none does (RFC 3629: no surrogates, no
// longer form than needed, nothing above U+10FFFF).
std::size_t sequence_length(const std::string& text, std::size_t at) {
  const auto byte = [&](std::size_t i) -> unsigned {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const unsigned first = byte(at);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xC2 && first <= 0xDF   ? 2
                             : first >= 0xE0 && first <= 0xEF ? 3
                             : first >= 0xF0 && first <= 0xF4 ? 4
                                                              : 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte(at + i) & 0xC0U) != 0x80U) return 0;
  const unsigned second = byte(at + 1);
  const bool wrong = (first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
                     (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F);
  return wrong ? 0 : length;
}

std::string escaped(char byte) {
  std::array<char, 4> text{};
  std::snprintf(text.data(), text.size(), "%%%02X", static_cast<unsigned char>(byte));
  return text.data();
}

}  // namespace

std::string plain_name(const std::string& name) {
  std::string plain;
  plain.reserve(name.size());
  for (std::size_t i = 0; i < name.size();) {
    const std::size_t length = name[i] == '%' ? 0 : sequence_length(name, i);
    if (length == 0)
      plain += escaped(name[i++]);
    else
      plain.append(name, i, length);
    i += length;
  }
  return plain;
}

std::string name_of_plain(const std::string& plain) {
  std::string name;
  name.reserve(plain.size());
  for (std::size_t i = 0; i < plain.size(); ++i) {
    const std::string digits = plain[i] == '%' ? plain.substr(i + 1, 2) : "";
    char* end = nullptr;
    const auto byte = static_cast<char>(std::strtol(digits.c_str(), &end, 16));
    const bool is_escape = digits.size() == 2 && *end == '\0';
    name += is_escape ? byte : plain[i];
    if (is_escape) i += 2;
  }
  return name;
}

}  // namespace equicloud::cli
