// It is loaded, but one of its operators writes NaN, one changes with the number of rows it is given, one changes the
// direction of rounding, and one crashes.
#include <cfenv>
#include <csignal>
#include <cstddef>
#include <limits>
#include <string_view>
#include <tuple>

#include "skein/operator.hpp"
#include "skein/registry.hpp"
#include "tests/broken_plugins/descriptor.hpp"

namespace {

struct Column {
  skein::Out<double> value;
};

constexpr auto column_port = std::tuple{skein::out("value", &Column::value, "real[n]", "what is written")};

struct WritesNan {
  static constexpr std::string_view name = "writes_nan";
  static constexpr std::string_view summary = "writes what is no number";
  using Ports = Column;
  static constexpr auto ports = column_port;
  static void run(const Ports& io, skein::RowContext& context) noexcept {
    const skein::Rows rows = context.rows();
    for (std::size_t row = rows.first; row < rows.last; ++row) {
      io.value.value(row) = std::numeric_limits<double>::quiet_NaN();
    }
  }
};

struct DependsOnTiles {
  static constexpr std::string_view name = "depends_on_tiles";
  static constexpr std::string_view summary = "writes how many rows it was given at once";
  using Ports = Column;
  static constexpr auto ports = column_port;
  static void run(const Ports& io, skein::RowContext& context) noexcept {
    const skein::Rows rows = context.rows();
    for (std::size_t row = rows.first; row < rows.last; ++row) {
      io.value.value(row) = static_cast<double>(rows.count());
    }
  }
};

struct ChangesRounding {
  static constexpr std::string_view name = "changes_rounding";
  static constexpr std::string_view summary = "writes zero, and rounds upward from then on";
  using Ports = Column;
  static constexpr auto ports = column_port;
  static void run(const Ports& io, skein::RowContext& context) noexcept {
    const skein::Rows rows = context.rows();
    for (std::size_t row = rows.first; row < rows.last; ++row) io.value.value(row) = std::fesetround(FE_UPWARD);
  }
};

struct Crashes {
  static constexpr std::string_view name = "crashes";
  static constexpr std::string_view summary = "ends the process";
  using Ports = Column;
  static constexpr auto ports = column_port;
  static void run(const Ports&, skein::RowContext&) noexcept { std::raise(SIGSEGV); }
};

}  // namespace

const skein::PluginDescriptor skein_plugin_descriptor = described("breaks_contract");

void skein_plugin_register(skein::Registry& registry) {
  registry.add(skein::operator_table<WritesNan>());
  registry.add(skein::operator_table<DependsOnTiles>());
  registry.add(skein::operator_table<ChangesRounding>());
  registry.add(skein::operator_table<Crashes>());
}
