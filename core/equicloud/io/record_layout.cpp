// SPDX-License-Identifier: BSD-3-Clause
#include <equicloud/base/error.h>
#include <equicloud/io/limits.h>
#include <equicloud/io/numbers.h>
#include <equicloud/io/ply.h>
#include <equicloud/io/record_layout.h>
#include <equicloud/io/text.h>

#include <algorithm>
#include <cstring>
#include <limits>

namespace equicloud::io {
namespace {

bool has_encoding(Format format, Encoding encoding) noexcept {
  switch (format) {
    case Format::pcd:
      return encoding != Encoding::binary_big_endian;
    case Format::ply:
      return encoding != Encoding::binary_compressed;
    case Format::text:
      return encoding == Encoding::ascii;
    case Format::las:
      return encoding == Encoding::binary || encoding == Encoding::binary_compressed;
    case Format::kitti:
      break;
  }
  return encoding == Encoding::binary;
}

/// Builds a layout step by step; all refusals name the output file.
class Planner {
 public:
  Planner(const std::string& path, const Header& source, const WriterOptions& options)
      : path_(path), source_(source), options_(options), output_(layout_.output) {}

  RecordLayout plan() {
    output_ = source_;
    output_.path = path_;
    output_.format = options_.format.value_or(source_.format);
    same_format_ = output_.format == source_.format;
    if (output_.format == Format::las && source_.las == nullptr)
      fail("LAS is written from LAS files only; write PCD or PLY instead");
    choose_encoding();
    choose_size();
    layout_.keeps_lines = same_format_ && source_.encoding == Encoding::ascii &&
                          output_.encoding == Encoding::ascii && source_.source != nullptr;
    choose_fields();
    check_fields();
    lay_out(output_);
    if (options_.removed == Removed::blank) choose_blanked();
    begin_header();
    return std::move(layout_);
  }

 private:
  [[noreturn]] void fail(const std::string& sentence) const {
    throw InvalidArgument(path_ + ": " + sentence);
  }

  void choose_encoding() {
    if (options_.encoding && !has_encoding(output_.format, *options_.encoding))
      fail(std::string(name_of(output_.format)) + " has no encoding " +
           name_of(*options_.encoding));
    output_.encoding = options_.encoding.value_or(source_.encoding);
    if (!has_encoding(output_.format, output_.encoding))
      output_.encoding = output_.format == Format::text ? Encoding::ascii : Encoding::binary;
  }

  void choose_size() {
    if (options_.width) output_.width = *options_.width;
    if (options_.width || options_.height) output_.height = options_.height.value_or(1);
    if (!multiplied(output_.width, output_.height, output_.points))
      fail("width x height is more than 64 bits count");
  }

  void choose_fields() {
    const std::vector<AddedField>& added = options_.added;
    layout_.added = added.size();
    output_.fields.clear();
    std::vector<bool> placed(added.size(), false);
    for (const Field& field : source_.fields) {
      const auto found = std::find_if(added.begin(), added.end(), [&](const AddedField& other) {
        return other.name == field.name;
      });
      const auto index = static_cast<std::size_t>(found - added.begin());
      layout_.replaced.push_back(found == added.end() ? RecordLayout::none : index);
      if (found == added.end()) {
        copy_field(field);
      } else {
        placed[index] = true;
        add_field(index);
        // A LAS record keeps its shape.
        if (output_.format == Format::las) output_.fields.back().type = field.type;
      }
    }
    for (std::size_t i = 0; i < added.size(); ++i)
      if (!placed[i]) add_field(i);
  }

  void add_field(std::size_t index) {
    output_.fields.push_back({options_.added[index].name, options_.added[index].type});
    layout_.columns.push_back({RecordLayout::none, index});
  }

  void copy_field(Field field) {
    if (!same_format_ && field.name == "_") return;
    const bool is_colour = field.name == "rgb" || field.name == "rgba";
    if (output_.encoding == Encoding::ascii && !layout_.keeps_lines && is_colour &&
        field.type == Scalar::f32)
      field.type = Scalar::u32;
    if (same_format_ || field.count == 1) {
      output_.fields.push_back(field);
      layout_.columns.push_back({field.offset, RecordLayout::none});
      return;
    }
    for (std::size_t c = 0; c < field.count; ++c) {
      output_.fields.push_back({field.name + "_" + std::to_string(c), field.type});
      layout_.columns.push_back({field.offset + c * size_of(field.type), RecordLayout::none});
    }
  }

  void check_fields() const {
    for (const AddedField& field : options_.added)
      make_header(Format::pcd, Encoding::binary, {{field.name, field.type}}, 0);
    if (output_.fields.empty()) fail("no field is left to write");
    if (const Field* twice = duplicate(output_.fields))
      fail("field " + twice->name + " would come twice");
    if (output_.format == Format::ply)
      for (const Field& field : output_.fields)
        if (ply_name(field.type) == nullptr)
          fail("PLY holds no 64-bit integers (field " + field.name + "); write PCD instead");
    if (output_.format == Format::kitti) check_kitti();
  }

  void check_kitti() const {
    static const std::vector<std::string> names = {"x", "y", "z", "intensity"};
    for (std::size_t i = 0; i < std::max(names.size(), output_.fields.size()); ++i)
      if (i >= names.size() || i >= output_.fields.size() || output_.fields[i].name != names[i] ||
          output_.fields[i].type != Scalar::f32)
        fail("KITTI holds f32 x y z intensity and nothing else, no room for " +
             (i < output_.fields.size() ? "field " + output_.fields[i].name
                                        : "a cloud without " + names[i]) +
             "; write PCD or PLY instead");
  }

  void choose_blanked() {
    if (output_.format == Format::las)
      fail("removed points cannot be blanked: LAS has whole numbers as coordinates, so no NaN");
    for (const char* axis : {"x", "y", "z"}) {
      const auto found = std::find_if(output_.fields.begin(), output_.fields.end(),
                                      [&](const Field& field) { return field.name == axis; });
      if (found == output_.fields.end() || !is_float(found->type))
        fail(std::string("removed points cannot be blanked: field ") + axis + " is no float");
      layout_.blanked.push_back(static_cast<std::size_t>(found - output_.fields.begin()));
    }
  }

  void begin_header() {
    if (!same_format_) output_.raw.clear();
    if (output_.format == Format::text && source_.source == nullptr) output_.raw.clear();
    const bool made_text = !same_format_ || source_.source == nullptr;
    if (output_.format == Format::text && made_text) begin_text(output_, path_);
    if (!same_format_) output_.las = nullptr;
    if (output_.format != Format::ply || !same_format_) output_.elements.clear();
    if (options_.other_elements == OtherElements::drop)
      output_.elements.erase(
          std::remove_if(output_.elements.begin(), output_.elements.end(),
                         [](const PlyElement& e) { return e.name != "vertex" && e.count > 0; }),
          output_.elements.end());
  }

  const std::string& path_;
  const Header& source_;
  const WriterOptions& options_;
  RecordLayout layout_;
  Header& output_;
  bool same_format_ = true;
};

}  // namespace

RecordLayout RecordLayout::plan(const std::string& path, const Header& source,
                                const WriterOptions& options) {
  return Planner(path, source, options).plan();
}

namespace {

void store_checked(double number, const Field& field, const std::string& path,
                   unsigned char* value) {
  if (!store(number, field.type, value))
    throw InvalidArgument(path + ": " + std::to_string(number) + " is no " + name_of(field.type) +
                          " value for field " + field.name);
}

/// A field's type over its name alone decides how a replaced token is spelt.
const Field& field_of(const RecordLayout& layout, std::size_t added) {
  const auto found = std::find_if(layout.columns.begin(), layout.columns.end(),
                                  [&](const auto& column) { return column.added == added; });
  return layout.output.fields[static_cast<std::size_t>(found - layout.columns.begin())];
}

}  // namespace

void RecordLayout::make_record(const unsigned char* source, const double* added_values, bool blank,
                               unsigned char* record) const {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const Field& field = output.fields[i];
    if (columns[i].added == none)
      std::memcpy(record + field.offset, source + columns[i].source_offset, field.bytes());
    else
      store_checked(added_values[columns[i].added], field, output.path, record + field.offset);
  }
  if (!blank) return;
  for (const std::size_t i : blanked)
    store(std::numeric_limits<double>::quiet_NaN(), output.fields[i].type,
          record + output.fields[i].offset);
}

void RecordLayout::make_line(std::string_view source, const Header& source_header,
                             const double* added_values, bool blank, std::string& text) const {
  const auto print = [&](std::size_t index) {
    unsigned char value[8];
    const Field& field = field_of(*this, index);
    store_checked(added_values[index], field, output.path, value);
    append_text(value, field.type, text);
  };
  const char separator = output.format == Format::text ? output.text.separator : ' ';
  Tokens tokens(source, separator);
  std::string_view token;
  std::size_t copied = 0;  // of source
  for (std::size_t f = 0; f < replaced.size(); ++f) {
    const Field& field = source_header.fields[f];
    const bool is_axis = field.name == "x" || field.name == "y" || field.name == "z";
    for (std::size_t c = 0; c < field.count; ++c) {
      tokens.next(token);
      const bool blanks = blank && is_axis;
      if (replaced[f] == none && !blanks) continue;
      const auto begin = static_cast<std::size_t>(token.data() - source.data());
      if (c == 0 || blanks) text += source.substr(copied, begin - copied);
      copied = begin + token.size();
      if (blanks)
        text += "nan";
      else if (c == 0)
        print(replaced[f]);
    }
  }
  text += source.substr(copied);
  for (std::size_t a = 0; a < added; ++a) {
    if (std::find(replaced.begin(), replaced.end(), a) != replaced.end()) continue;
    text += separator;
    print(a);
  }
}

void RecordLayout::print_record(const unsigned char* record, std::string& text) const {
  const char separator = output.format == Format::text ? output.text.separator : ' ';
  bool first = true;
  for (const Field& field : output.fields) {
    for (std::size_t c = 0; c < field.count; ++c) {
      if (!first) text += separator;
      first = false;
      append_text(record + field.offset + c * size_of(field.type), field.type, text);
    }
  }
}

}  // namespace equicloud::io
