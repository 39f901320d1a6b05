#include "skein/operator.hpp"
#include "tests/heuristiclab/register.hpp"
#include "tests/heuristiclab/shared_random.hpp"

namespace skein::heuristiclab {
namespace {

/// Particle by particle: x <- lower + (upper - lower)*u for all components, then v <- (lower + u*(upper - lower) - x)/2
/// (2007) or v <- (lower - x) + u*((upper - x) - (lower - x)) (2011) for all components, every u drawn anew.
struct Creator {
  static constexpr std::string_view name = "heuristiclab_creator";
  static constexpr std::string_view summary = "places particles in HeuristicLab's order of draws";
  static constexpr auto roles = std::array<std::string_view, 1>{"particle_creator"};

  struct Ports {
    In<double> lower, upper;
    Out<double> position, velocity;
    InOutObject<SharedRandom> random;
  };
  static constexpr auto ports =
      std::tuple{in("lower", &Ports::lower, "real[d]", "lower bound of every dimension"),
                 in("upper", &Ports::upper, "real[d]", "upper bound of every dimension"),
                 out("position", &Ports::position, "real[n,d]", "where the particles start").whole(),
                 out("velocity", &Ports::velocity, "real[n,d]", "how they start to move").whole(),
                 inout("random", &Ports::random, SharedRandom::type, "where all random numbers come from")};

  enum class Version : std::uint8_t { spso_2007, spso_2011 };
  struct Parameters {
    Version version = Version::spso_2011;
  };
  static constexpr auto parameters = std::tuple{
      parameter("version", &Parameters::version, "spso_2011", "of the velocities").choices("spso_2007|spso_2011")};

  static void run(const Ports& io, const Parameters& chosen, StepContext&) noexcept {
    MersenneTwister& random = io.random->numbers;
    for (std::size_t row = 0; row < io.position.rows(); ++row) {
      for (std::size_t i = 0; i < io.position.width(); ++i) {
        const double lower = io.lower(row, i);
        const double upper = io.upper(row, i);
        io.position(row, i) = lower + (upper - lower) * random.uniform();
      }
      for (std::size_t i = 0; i < io.position.width(); ++i) {
        const double lower = io.lower(row, i);
        const double upper = io.upper(row, i);
        const double x = io.position(row, i);
        const double u = random.uniform();
        io.velocity(row, i) = chosen.version == Version::spso_2007 ? (lower + u * (upper - lower) - x) / 2
                                                                   : (lower - x) + u * ((upper - x) - (lower - x));
      }
    }
  }
};

}  // namespace

const OperatorTable& creator_operator() { return operator_table<Creator>(); }

}  // namespace skein::heuristiclab
