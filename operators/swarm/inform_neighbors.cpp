#include <algorithm>
#include <cstdint>
#include <span>

#include "operators/all.hpp"
#include "operators/swarm/best_row.hpp"
#include "operators/swarm/fitness_key.hpp"
#include "skein/neighborhood.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// neighbor_best[row] <- the informant of `row` with the best personal best, the lowest of equally good ones.
///
/// Without a neighbourhood everybody informs everybody. Every particle informs itself.
/// Cost: about 2 ns per row when everybody informs everybody in the swarm or in a group, otherwise about 2 ns per
/// informant.
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
      case Neighborhood::Form::groups:
        return io.neighborhood->group_count() == 1;
      case Neighborhood::Form::lattice:
      case Neighborhood::Form::rows:
        return false;
    }
    return false;
  }

  static void map(const Ports& io, RowContext& context, Partial& partial) noexcept {
    const Rows rows = context.rows();
    const InFitness& fitness = io.personal_best_fitness;
    if (everybody_informs(io)) {
      partial.consider_rows(fitness, rows);
    } else if (io.neighborhood->form() == Neighborhood::Form::groups) {
      // All at once in the end.
    } else if (io.neighborhood->form() == Neighborhood::Form::ring && fitness.width() == 2 &&
               io.neighborhood->radius() <= largest_window) {
      inform_on_ring(io, rows);
    } else {
      inform_one_by_one(io, rows);
    }
  }

  static void inform_one_by_one(const Ports& io, Rows rows) noexcept {
    const InFitness& fitness = io.personal_best_fitness;
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

  /// Largest radius of a ring for which keys are kept at hand.
  static constexpr std::size_t largest_window = 32;

  /// Rows whose informants are neighbours in memory as well get them from keys that are made once per row; the few at
  /// the ends of the ring are treated one by one.
  static void inform_on_ring(const Ports& io, Rows rows) noexcept {
    const InFitness& fitness = io.personal_best_fitness;
    const std::size_t radius = io.neighborhood->radius();
    const std::size_t inner_first = std::clamp(radius, rows.first, rows.last);
    const std::size_t inner_last = std::clamp(fitness.rows() - radius, inner_first, rows.last);
    inform_one_by_one(io, {rows.first, inner_first});
    inform_one_by_one(io, {inner_last, rows.last});

    constexpr std::size_t block = 64;
    FitnessKey keys[block + 2 * largest_window];
    for (std::size_t first = inner_first; first < inner_last; first += block) {
      const std::size_t count = std::min(block, inner_last - first);
      for (std::size_t i = 0; i < count + 2 * radius; ++i) keys[i] = key_of(fitness.row(first - radius + i));
      for (std::size_t i = 0; i < count; ++i) {
        FitnessKey best_key = keys[i];
        std::size_t best = i;
        for (std::size_t j = i + 1; j <= i + 2 * radius; ++j) {
          const bool is_better = keys[j] < best_key;
          best_key = is_better ? keys[j] : best_key;
          best = is_better ? j : best;
        }
        io.neighbor_best.value(first + i) = static_cast<std::uint32_t>(first - radius + best);
      }
    }
  }

  /// One best per group: O(particles), however large the groups are.
  static void inform_groups(const Ports& io) noexcept {
    for (std::size_t index = 0; index < io.neighborhood->group_count(); ++index) {
      const std::span<const std::uint32_t> members = io.neighborhood->group(index);
      BestRow best;
      for (const std::uint32_t member : members) best.consider(io.personal_best_fitness[member], member);
      for (const std::uint32_t member : members) io.neighbor_best.value(member) = static_cast<std::uint32_t>(best.row);
    }
  }

  static void combine(Partial& into, const Partial& later) noexcept { into.combine(later); }

  static void finish(const Ports& io, const Partial* total) noexcept {
    if (total == nullptr) return;
    if (!everybody_informs(io)) {
      if (io.neighborhood->form() == Neighborhood::Form::groups) inform_groups(io);
      return;
    }
    const auto best = static_cast<std::uint32_t>(total->row);
    std::fill_n(io.neighbor_best.row(0), io.neighbor_best.rows(), best);
  }
};

}  // namespace

const OperatorTable& inform_neighbors_operator() { return operator_table<InformNeighbors>(); }

}  // namespace skein
