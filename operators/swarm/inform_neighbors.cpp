#include <cstdint>

#include "operators/all.hpp"
#include "operators/swarm/best_row.hpp"
#include "skein/neighborhood.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// neighbor_best[row] <- the informant of `row` with the best personal best, the lowest of equally good ones.
///
/// Without a neighbourhood everybody informs everybody. Every particle informs itself.
/// Cost: O(n) when everybody informs everybody, otherwise one comparison per informant.
struct InformNeighbors {
  static constexpr std::string_view name = "inform_neighbors";
  static constexpr std::string_view summary = "finds the best informant of every particle";

  struct Ports {
    InFitness personal_best_fitness;
    InObject<Neighborhood> neighborhood;
    Out<std::uint32_t> neighbor_best;
  };
  static constexpr auto ports = std::tuple{
      in("personal_best_fitness", &Ports::personal_best_fitness, "fitness[n]", "by which informants are compared")
          .any(),
      in("neighborhood", &Ports::neighborhood, "neighborhood", "who informs whom; everybody everybody when not bound")
          .optional(),
      out("neighbor_best", &Ports::neighbor_best, "index<n>[n]", "row of the best informant")};

  using Partial = BestRow;

  static bool everybody_informs(const Ports& io) noexcept {
    if (!io.neighborhood) return true;
    switch (io.neighborhood->form()) {
      case Neighborhood::Form::complete:
        return true;
      case Neighborhood::Form::ring:
        return io.neighborhood->radius() >= io.personal_best_fitness.rows() / 2;
      case Neighborhood::Form::rows:
        return false;
    }
    return false;
  }

  static void map(const Ports& io, RowContext& context, Partial& partial) noexcept {
    const Rows rows = context.rows();
    const InFitness& fitness = io.personal_best_fitness;
    if (everybody_informs(io)) {
      for (std::size_t row = rows.first; row < rows.last; ++row) partial.consider(fitness[row], row);
      return;
    }
    for (std::size_t row = rows.first; row < rows.last; ++row) {
      std::size_t best = row;
      io.neighborhood->for_each_informant(row, fitness.rows(), [&](std::size_t informant) {
        if (better(fitness[informant], fitness[best]) ||
            (informant < best && !better(fitness[best], fitness[informant]))) {
          best = informant;
        }
      });
      io.neighbor_best.value(row) = static_cast<std::uint32_t>(best);
    }
  }

  static void combine(Partial& into, const Partial& later) noexcept { into.combine(later); }

  static void finish(const Ports& io, const Partial* total) noexcept {
    if (total == nullptr || !everybody_informs(io)) return;
    const auto best = static_cast<std::uint32_t>(total->row);
    for (std::size_t row = 0; row < io.neighbor_best.rows(); ++row) io.neighbor_best.value(row) = best;
  }
};

}  // namespace

const OperatorTable& inform_neighbors_operator() { return operator_table<InformNeighbors>(); }

}  // namespace skein
