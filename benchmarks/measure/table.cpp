#include "benchmarks/measure/table.hpp"

#include <algorithm>
#include <cstdio>

namespace skein::bench {
namespace {

/// Characters, not bytes: continuation bytes of UTF-8 do not count.
std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

void print_row(const std::vector<std::string>& row, const std::vector<std::size_t>& widths, char fill) {
  for (std::size_t i = 0; i < row.size(); ++i) {
    const std::string padding(widths[i] - width_of(row[i]), fill);
    std::printf("| %s%s ", row[i].c_str(), padding.c_str());
  }
  std::puts("|");
}

}  // namespace

void Table::print() const {
  std::vector<std::size_t> widths(rows_.front().size(), 3);
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
  }
  std::puts("");
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    print_row(rows_[i], widths, ' ');
    if (i == 0) print_row(std::vector<std::string>(widths.size(), "---"), widths, '-');
  }
  std::puts("");
  std::fflush(stdout);
}

}  // namespace skein::bench
