#include "tests/heuristiclab/register.hpp"
#include "tests/heuristiclab/updater_ports.hpp"

namespace skein::heuristiclab {
namespace {

/// update_2007, particle by particle.
struct Updater2007 {
  static constexpr std::string_view name = "heuristiclab_2007_updater";
  static constexpr std::string_view summary = "moves particles as HeuristicLab's SPSO 2007 does, but for their bounds";
  static constexpr auto roles = std::array<std::string_view, 1>{"particle_updater"};
  using Ports = UpdaterPorts;
  static constexpr auto ports = updater_ports<Ports>();

  static void run(const Ports& io, StepContext&) noexcept {
    for (std::size_t row = 0; row < io.position.rows(); ++row) {
      update_2007(io.particle(row), io.coefficients(), [&] { return io.random->numbers.uniform(); });
    }
  }
};

}  // namespace

const OperatorTable& updater_2007_operator() { return operator_table<Updater2007>(); }

}  // namespace skein::heuristiclab
