#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "operators/all.hpp"
#include "operators/evolution/replacement_ports.hpp"

namespace skein {
namespace {

/// All solutions are replaced by offspring, but of the solutions the `elites` best ones stay, as long as they are
/// better than the offspring that goes for them: the best solution stays for the worst offspring, the second best for
/// the second worst, and so on.
///
/// With 0 elites nothing stays (a generational replacement); with as many elites as rows those stay that are the best
/// of solutions and offspring together (mu + lambda). Of equally good ones offspring counts as better than a solution,
/// and the lower row as better than the higher one. Elites keep their rows; offspring whose row is taken goes to the
/// row of one that is dropped. Cost: a copy per row and O(rows · log(elites)) comparisons, on one thread. De Jong
/// (1975).
struct ElitistReplacement {
  static constexpr std::string_view name = "elitist_replacement";
  static constexpr std::string_view summary =
      "replaces all solutions but the best few, which stay for the worst offspring";
  static constexpr std::string_view source =
      "De Jong, An analysis of the behavior of a class of genetic adaptive systems (1975)";
  static constexpr auto roles = std::array<std::string_view, 1>{"replacement"};
  static constexpr bool strong_guarantee = true;

  struct Ports : ReplacementPorts {
    In<std::int64_t> elites;
    InOut<std::int64_t> best_first, worst_first;
    InOut<std::uint8_t> stays, is_dropped;
  };
  static constexpr auto ports = std::tuple_cat(
      whole_replacement_ports<Ports>(),
      std::tuple{
          in("elites", &Ports::elites, "integer", "most solutions that stay").initial("1").minimum(0),
          hidden("best_first", &Ports::best_first, "integer[n]", "rows of solutions in order").whole(),
          hidden("worst_first", &Ports::worst_first, "integer[n]", "rows of offspring in order").whole(),
          hidden("stays", &Ports::stays, "boolean[n]", "whether the solution of a row stays").whole(),
          hidden("is_dropped", &Ports::is_dropped, "boolean[n]", "whether the offspring of a row goes").whole()});

  /// The first `count` of `order` <- rows, those first of which comes_first says so, of equal ones the lower (or for
  /// `descending` the higher) row.
  template <class ComesFirst>
  static void sort_first(std::int64_t* order, std::size_t rows, std::size_t count, bool descending,
                         ComesFirst comes_first) noexcept {
    for (std::size_t row = 0; row < rows; ++row) order[row] = static_cast<std::int64_t>(row);
    std::partial_sort(order, order + count, order + rows, [&](std::int64_t a, std::int64_t b) {
      const auto i = static_cast<std::size_t>(a);
      const auto k = static_cast<std::size_t>(b);
      if (comes_first(i, k)) return true;
      if (comes_first(k, i)) return false;
      return descending ? a > b : a < b;
    });
  }

  /// Marks solutions that stay and offspring that is dropped, as many of the one as of the other.
  static void choose(const Ports& io, std::size_t rows) noexcept {
    std::fill_n(io.stays.row(0), rows, std::uint8_t{0});
    std::fill_n(io.is_dropped.row(0), rows, std::uint8_t{0});
    const std::size_t most = std::min(rows, static_cast<std::size_t>(std::max<std::int64_t>(io.elites.value(), 0)));
    if (most == 0) return;
    std::int64_t* const best_first = io.best_first.row(0);
    std::int64_t* const worst_first = io.worst_first.row(0);
    sort_first(best_first, rows, most, false,
               [&](std::size_t a, std::size_t b) { return better(io.fitness[a], io.fitness[b]); });
    sort_first(worst_first, rows, most, true,
               [&](std::size_t a, std::size_t b) { return better(io.offspring_fitness[b], io.offspring_fitness[a]); });
    for (std::size_t i = 0; i < most; ++i) {
      const auto elite = static_cast<std::size_t>(best_first[i]);
      const auto dropped = static_cast<std::size_t>(worst_first[i]);
      if (!better(io.fitness[elite], io.offspring_fitness[dropped])) return;
      io.stays.value(elite) = 1;
      io.is_dropped.value(dropped) = 1;
    }
  }

  static void run(const Ports& io, StepContext&) noexcept {
    const std::size_t rows = io.fitness.rows();
    choose(io, rows);
    std::size_t free_row = 0;
    for (std::size_t row = 0; row < rows; ++row) {
      if (io.is_dropped.value(row) != 0) continue;
      if (io.stays.value(row) == 0) {
        io.replace(row, row);
        continue;
      }
      while (io.stays.value(free_row) != 0 || io.is_dropped.value(free_row) == 0) ++free_row;
      io.replace(free_row++, row);
    }
  }
};

}  // namespace

const OperatorTable& elitist_replacement_operator() { return operator_table<ElitistReplacement>(); }

}  // namespace skein
