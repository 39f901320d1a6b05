#include <algorithm>
#include <cstdint>
#include <string>

#include "operators/all.hpp"
#include "operators/topology/random_below.hpp"
#include "skein/neighborhood.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// neighborhood <- every particle is informed by itself and by `k` different others that are drawn uniformly, all of
/// them where there are no more.
///
/// Floyd's method: k words from the stream per particle, no rejections. Cost: O(k^2) per particle, about 10 ns per link
/// for small k; more than 10^10 comparisons of all particles together are refused.
struct RandomDistinct {
  static constexpr std::string_view name = "random_distinct";
  static constexpr std::string_view summary =
      "lets some different particles that are drawn at random inform every particle";
  static constexpr auto roles = std::array<std::string_view, 1>{"topology_initializer"};
  static constexpr bool strong_guarantee = true;

  struct Ports {
    InPopulation swarm;
    InOutObject<Neighborhood> neighborhood;
  };
  static constexpr auto ports =
      std::tuple{in("swarm", &Ports::swarm, "population", "the particles"),
                 inout("neighborhood", &Ports::neighborhood, "neighborhood", "who informs whom")};

  static constexpr auto streams = std::array{StreamSpec{"", "who informs each particle"}};

  struct Parameters {
    std::int64_t k = 3;
  };
  static constexpr auto parameters =
      std::tuple{parameter("k", &Parameters::k, "3", "informants per particle, beside itself").range(0, 1000000)};

  static constexpr double most_comparisons = 1e10;

  static bool check(Parameters& chosen, const PrepareInput& input, Diagnostics& diagnostics) {
    const auto count = static_cast<double>(input.port("swarm").rows);
    const double wanted = std::min(static_cast<double>(chosen.k), count);
    if (count * wanted * wanted <= most_comparisons) return true;
    diagnostics.add(input.refusal("bad-topology", "parameters/k",
                                  "So many informants of so many particles take minutes to draw.",
                                  "fewer; or spso_random, or fully_connected", std::to_string(chosen.k)));
    return false;
  }

  static void run(const Ports& io, const Parameters& chosen, StepContext& context) {
    const std::size_t count = io.swarm.view.rows;
    if (count == 0) return;
    const std::size_t others = count - 1;
    const std::size_t wanted = std::min(static_cast<std::size_t>(chosen.k), others);
    LaneGenerator& random = context.random(0);
    io.neighborhood->set_rows(count, wanted, [&](std::size_t row, InformantList& list) {
      const auto other = [row](std::size_t index) { return index < row ? index : index + 1; };
      for (std::size_t last = others - wanted; last < others; ++last) {
        const std::size_t drawn = other(random_below(random, last + 1));
        list.add(list.contains(drawn) ? other(last) : drawn);
      }
    });
  }
};

}  // namespace

const OperatorTable& random_distinct_operator() { return operator_table<RandomDistinct>(); }

}  // namespace skein
