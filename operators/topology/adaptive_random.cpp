#include <cstdint>

#include "operators/all.hpp"
#include "skein/neighborhood.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// redraw <- whether the best fitness is no better than when this was asked last: so the topology initializer runs
/// again right after an iteration that improved nothing. The first time, redraw is false.
///
/// Means something with an initializer that draws, such as `spso_random`. Clerc, Standard Particle Swarm Optimisation:
/// from 2006 to 2011 (2012).
struct AdaptiveRandom {
  static constexpr std::string_view name = "adaptive_random";
  static constexpr std::string_view summary = "draws the topology anew after every iteration without improvement";
  static constexpr std::string_view source = "Clerc, Standard Particle Swarm Optimisation: from 2006 to 2011 (2012)";
  static constexpr auto roles = std::array<std::string_view, 1>{"topology_updater"};
  static constexpr auto needs = std::array<std::string_view, 1>{"topology_initializer"};

  struct Ports {
    InFitness best_fitness;
    Out<std::uint8_t> redraw;
    InOutFitness previous;
    InOut<std::int64_t> calls;
  };
  static constexpr auto ports = std::tuple{
      in("best_fitness", &Ports::best_fitness, "fitness", "fitness of the best position that any particle has visited"),
      out("redraw", &Ports::redraw, "boolean", "whether to draw"),
      hidden("previous", &Ports::previous, "fitness", "the best fitness when this was asked last"),
      hidden("calls", &Ports::calls, "integer", "0 before the first time, then 1").initial("0")};

  static void run(const Ports& io, StepContext&) noexcept {
    const FitnessRow best = io.best_fitness[0];
    const bool is_first = io.calls.value() == 0;
    io.redraw.value() = !is_first && !better(best, io.previous[0]) ? 1 : 0;
    io.previous.assign(0, best);
    io.calls.value() = 1;
  }
};

}  // namespace

const OperatorTable& adaptive_random_operator() { return operator_table<AdaptiveRandom>(); }

}  // namespace skein
