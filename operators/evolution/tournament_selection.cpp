#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "operators/all.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// rows <- for every row the best of `size` rows that are drawn uniformly, with repetitions; of equally good ones the
/// one drawn first.
///
/// `size` draws per row; a size of 1 is a random row. Cost: about 5 ns per draw. Goldberg and Deb, A comparative
/// analysis of selection schemes used in genetic algorithms (1991).
struct TournamentSelection {
  static constexpr std::string_view name = "tournament_selection";
  static constexpr std::string_view summary = "chooses for every row the best of some rows that are drawn at random";
  static constexpr std::string_view source =
      "Goldberg and Deb, A comparative analysis of selection schemes used in genetic algorithms (1991)";
  static constexpr auto roles = std::array<std::string_view, 1>{"selection"};

  struct Ports {
    InFitness fitness;
    Out<std::uint32_t> rows;
  };
  static constexpr auto ports =
      std::tuple{in("fitness", &Ports::fitness, "fitness[n]", "by which rows are chosen").any(),
                 out("rows", &Ports::rows, "index<n>[n]", "the chosen rows, for gather")};
  static constexpr auto streams = std::array{StreamSpec{"", "`size` words per row"}};

  struct Parameters {
    std::int64_t size = 2;
  };
  static constexpr auto parameters = std::tuple{
      parameter("size", &Parameters::size, "2", "rows that are drawn for each tournament").range(1, 1000000)};

  static void run(const Ports& io, const Parameters& chosen, RowContext& context) noexcept {
    LaneGenerator& random = context.random(0);
    const std::size_t population = io.rows.rows();
    const auto size = static_cast<std::size_t>(chosen.size);
    std::array<std::uint64_t, 64> bits;
    for (std::size_t row = context.rows().first; row < context.rows().last; ++row) {
      std::size_t winner = population;
      for (std::size_t drawn = 0; drawn < size; drawn += bits.size()) {
        const std::size_t count = std::min(bits.size(), size - drawn);
        random.fill_bits(bits.data(), count);
        for (std::size_t i = 0; i < count; ++i) {
          const std::size_t candidate = uniform_index(bits[i], population);
          if (winner == population || better(io.fitness[candidate], io.fitness[winner])) winner = candidate;
        }
      }
      io.rows.value(row) = static_cast<std::uint32_t>(winner);
    }
  }
};

}  // namespace

const OperatorTable& tournament_selection_operator() { return operator_table<TournamentSelection>(); }

}  // namespace skein
