#include "tests/heuristiclab/normal_numbers.hpp"
#include "tests/heuristiclab/register.hpp"
#include "tests/heuristiclab/updater_ports.hpp"

namespace skein::heuristiclab {
namespace {

/// update_2011, particle by particle.
struct Updater2011 {
  static constexpr std::string_view name = "heuristiclab_2011_updater";
  static constexpr std::string_view summary = "moves particles as HeuristicLab's SPSO 2011 does, but for their bounds";
  static constexpr auto roles = std::array<std::string_view, 1>{"particle_updater"};

  struct Ports : UpdaterPorts {
    InOut<double> direction, centre;
  };
  static constexpr auto ports =
      std::tuple_cat(updater_ports<Ports>(),
                     std::tuple{hidden("direction", &Ports::direction, "real[d]", "normal numbers of a particle"),
                                hidden("centre", &Ports::centre, "real[d]", "centre of its ball")});

  static void run(const Ports& io, StepContext&) noexcept {
    MersenneTwister& random = io.random->numbers;
    const std::size_t width = io.position.width();
    for (std::size_t row = 0; row < io.position.rows(); ++row) {
      update_2011(
          io.particle(row), io.coefficients(), [&] { return normal_number(random); }, [&] { return random.uniform(); },
          {io.direction.row(0), width}, {io.centre.row(0), width});
    }
  }
};

}  // namespace

const OperatorTable& updater_2011_operator() { return operator_table<Updater2011>(); }

}  // namespace skein::heuristiclab
