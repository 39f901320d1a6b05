// It is loaded, but one of its operators writes NaN, one changes with the number of rows it is given, one changes the
// direction of rounding, and one crashes. The evaluator of its problem knows no bit that is 0.
#include <cfenv>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>

#include "skein/operator.hpp"
#include "skein/problem.hpp"
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

struct OnlyOnes {
  static constexpr std::string_view name = "only_ones";
  static constexpr std::string_view summary = "knows ones only";
  struct Ports {
    skein::In<std::uint8_t> position;
    skein::Out<double> fitness;
  };
  static constexpr auto ports =
      std::tuple{skein::in("position", &Ports::position, "binary[n,d]", "the solutions"),
                 skein::out("fitness", &Ports::fitness, "fitness[n]", "0, or NaN where a bit is 0")};
  static void run(const Ports& io, skein::RowContext& context) noexcept {
    const skein::Rows rows = context.rows();
    for (std::size_t row = rows.first; row < rows.last; ++row) {
      double quality = 0;
      for (std::size_t i = 0; i < io.position.width(); ++i) {
        if (io.position.row(row)[i] == 0) quality = std::numeric_limits<double>::quiet_NaN();
      }
      io.fitness.row(row)[0] = 0;
      io.fitness.row(row)[1] = quality;
    }
  }
};

std::shared_ptr<const skein::Problem> create(const skein::ProblemSpec& spec, std::span<const skein::Value>,
                                             skein::Diagnostics&) {
  auto problem = std::make_shared<skein::Problem>();
  problem->name = spec.name;
  problem->encoding = spec.encoding;
  problem->dimension = 3;
  problem->objectives = {{"ones", skein::Sense::maximize}};
  problem->evaluator = std::make_shared<const skein::OperatorTable>(skein::operator_table<OnlyOnes>());
  return problem;
}

}  // namespace

const skein::PluginDescriptor skein_plugin_descriptor = described("breaks_contract");

void skein_plugin_register(skein::Registry& registry) {
  registry.add(skein::operator_table<WritesNan>());
  registry.add(skein::operator_table<DependsOnTiles>());
  registry.add(skein::operator_table<ChangesRounding>());
  registry.add(skein::operator_table<Crashes>());
  skein::ProblemSpec problem;
  problem.name = "ones";
  problem.summary = "bits that are not 0";
  problem.encoding = "binary_vector";
  problem.create = &create;
  registry.add(std::move(problem));
}
