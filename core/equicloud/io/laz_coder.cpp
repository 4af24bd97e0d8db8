// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/io/laz_coder.h>

#include <algorithm>

namespace equicloud::io::laz {
namespace {

constexpr std::uint32_t kShortest = 1U << 24U;  // an interval below it takes in another byte
constexpr unsigned kMostAtOnce = 19;            // bits that one division tells apart
constexpr unsigned kMostMissing = 8;

}  // namespace

Decoder::Decoder(const unsigned char* begin, const unsigned char* end, const std::string& name)
    : next_(begin), end_(end), name_(&name) {
  length_ = 0;
  refill();  // four bytes
  length_ = 0xFFFFFFFFU;
}

void Decoder::fail() const {
  throw FormatError(*name_ + ": the compressed points do not unpack (damaged?)");
}

void Decoder::refill() {
  unsigned taken = 0;
  do {
    // The last symbols may need bits behind the last byte, but only a few of them.
    if (next_ == end_ && ++missing_ > kMostMissing) fail();
    value_ = (value_ << 8U) | (next_ == end_ ? 0U : *next_++);
    length_ <<= 8U;
    ++taken;
  } while (length_ < kShortest && taken < 4);
}

unsigned Decoder::bit(BitModel& model, unsigned) {
  const std::uint32_t split = model.zero() * (length_ >> BitModel::kBits);
  const unsigned bit = value_ >= split ? 1 : 0;
  if (bit == 0) {
    length_ = split;
  } else {
    value_ -= split;
    length_ -= split;
  }
  if (length_ < kShortest) refill();
  model.learn(bit);
  return bit;
}

unsigned Decoder::symbol(SymbolModel& model, unsigned) {
  const std::uint32_t whole = length_;
  length_ >>= SymbolModel::kBits;
  const std::uint32_t share =
      std::min(value_ / length_, (std::uint32_t{1} << SymbolModel::kBits) - 1);
  unsigned low = model.hint(share);
  unsigned high = model.hint_end(share);
  while (high - low > 1) {
    const unsigned middle = (low + high) / 2;
    if (model.below(middle) * length_ > value_)
      high = middle;
    else
      low = middle;
  }
  const std::uint32_t begin = model.below(low) * length_;
  const std::uint32_t end = high == model.symbols() ? whole : model.below(high) * length_;
  value_ -= begin;
  length_ = end - begin;
  if (length_ < kShortest) refill();
  model.learn(low);
  return low;
}

std::uint32_t Decoder::some_bits(unsigned count) {
  const std::uint32_t value = value_ / (length_ >>= count);
  if (value >> count != 0) fail();
  value_ -= length_ * value;
  if (length_ < kShortest) refill();
  return value;
}

std::uint32_t Decoder::bits(unsigned count, std::uint32_t) {
  if (count <= kMostAtOnce) return some_bits(count);
  const std::uint32_t low = some_bits(16);
  return low | some_bits(count - 16) << 16U;
}

void Encoder::fail() const { throw InvalidArgument("the points cannot be compressed"); }

void Encoder::add(std::uint32_t amount) {
  base_ += amount;
  if (base_ >= amount) return;
  // A carry runs through the bytes that are written already.
  std::size_t i = bytes_.size();
  while (i > 0 && ++bytes_[--i] == 0) {
  }
}

void Encoder::put_out() {
  while (length_ < kShortest) {
    bytes_.push_back(static_cast<unsigned char>(base_ >> 24U));
    base_ <<= 8U;
    length_ <<= 8U;
  }
}

unsigned Encoder::bit(BitModel& model, unsigned value) {
  const std::uint32_t split = model.zero() * (length_ >> BitModel::kBits);
  if (value == 0) {
    length_ = split;
  } else {
    add(split);
    length_ -= split;
  }
  put_out();
  model.learn(value);
  return value;
}

unsigned Encoder::symbol(SymbolModel& model, unsigned value) {
  const std::uint32_t whole = length_;
  length_ >>= SymbolModel::kBits;
  const std::uint32_t begin = model.below(value) * length_;
  const bool last = value + 1 == model.symbols();
  const std::uint32_t end = last ? whole : model.below(value + 1) * length_;
  add(begin);
  length_ = end - begin;
  put_out();
  model.learn(value);
  return value;
}

std::uint32_t Encoder::bits(unsigned count, std::uint32_t value) {
  if (count > kMostAtOnce) {
    bits(16, value & 0xFFFFU);
    bits(count - 16, value >> 16U);
    return value;
  }
  length_ >>= count;
  add(value * length_);
  put_out();
  return value;
}

std::vector<unsigned char> Encoder::finish() {
  // A number within the interval, of as few bytes as tell it, then zeros that the decoder reads
  // ahead.
  const bool wide = length_ > 2 * kShortest;
  add(wide ? kShortest : kShortest >> 1U);
  length_ = wide ? kShortest >> 1U : kShortest >> 9U;
  put_out();
  bytes_.insert(bytes_.end(), wide ? 3 : 2, 0);
  return std::move(bytes_);
}

}  // namespace equicloud::io::laz
