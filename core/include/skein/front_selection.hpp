// FrontSelection: which of some candidates make a front, and which of them are left when it has to be smaller.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "skein/fitness.hpp"

namespace skein {

/// How a front is made smaller: by crowding distance, or by distance to the nearest others.
enum class Truncation : std::uint8_t { crowding, clustering };

/// Chooses candidates, which are numbered from 0 in the order of `add`. Those that are chosen stand in the ascending
/// order of their objectives (the first, then the second, …), equal ones in the order of their numbers. Memory is kept
/// from one selection to the next.
class FrontSelection {
 public:
  /// Starts anew with candidates of this many numbers: a violation and at least one objective.
  void begin(std::size_t width) noexcept;
  /// `fitness` stays where it is until the selection is made.
  void add(const double* fitness) { candidates_.push_back(fitness); }

  /// Chooses the candidates that are finite and that no other one dominates, one of each group of equal ones: the
  /// first. Cost: for n candidates O(n log n) with one or two objectives (sort and sweep: Kung, Luccio and Preparata,
  /// On finding the maxima of a set of vectors, 1975), else O(n log n + n · chosen).
  void keep_non_dominated();

  /// Drops a candidate e for which a chosen one before it, a, is nearly as good in everything: a_m - epsilon · range_m
  /// <= e_m for each objective m. Laumanns et al., Combining convergence and diversity in evolutionary multiobjective
  /// optimization (2002). Cost: O(chosen^2).
  void drop_nearly_dominated(double epsilon);

  /// Drops chosen candidates until at most `size` are left, one by one, of equal ones the last.
  ///
  /// - crowding: the one with the smallest crowding distance. Deb et al. (2002), computed anew after each, as Kukkonen
  ///   and Deb, Improved pruning of non-dominated solutions based on crowding distance (2006). O(n log n) for the
  ///   distances and O(n) for each that goes.
  /// - clustering: the one with the smallest distance to another one, and of these the one whose second, third, …
  ///   nearest one is nearer; distances are Euclidean, in units of the ranges of the objectives. Zitzler, Laumanns and
  ///   Thiele, SPEA2 (2001). O(n^2), and O(n log n) for each that goes.
  void truncate(std::size_t size, Truncation truncation);

  [[nodiscard]] std::span<const std::uint32_t> chosen() const noexcept { return chosen_; }
  /// Of each that was chosen, after `truncate`: the sum over objectives of the distance between its neighbours in that
  /// objective, in units of the objective's range; infinite for those that are first or last in an objective.
  [[nodiscard]] std::span<const double> crowding() const noexcept { return distance_; }

  void reserve(std::size_t candidates, std::size_t width);
  /// Gives the memory back.
  void release() noexcept { *this = FrontSelection(); }
  [[nodiscard]] std::size_t size_in_bytes() const noexcept;

 private:
  [[nodiscard]] double objective(std::size_t place, std::size_t index) const noexcept {
    return candidates_[chosen_[place]][1 + index];
  }
  [[nodiscard]] std::size_t objectives() const noexcept { return width_ - 1; }
  [[nodiscard]] std::size_t link(std::size_t index, std::size_t place) const noexcept {
    return index * chosen_.size() + place;
  }
  void measure_ranges();
  void link_neighbors();
  [[nodiscard]] double crowding_of(std::size_t place) const noexcept;
  void unlink(std::size_t place) noexcept;
  void drop_crowded(std::size_t size);
  [[nodiscard]] double squared_distance(std::size_t a, std::size_t b) const noexcept;
  [[nodiscard]] double find_nearest(std::size_t place) const noexcept;
  void sort_distances(std::size_t place, std::vector<double>& distances);
  void drop_clustered(std::size_t size);
  void forget_dropped();

  std::size_t width_ = 2;
  std::vector<const double*> candidates_;
  std::vector<std::uint32_t> chosen_;
  std::vector<double> distance_;
  std::vector<double> half_range_;
  std::vector<std::uint32_t> before_, after_;  ///< per objective: neighbours in it; no_row beyond the ends
  std::vector<std::uint32_t> order_;
  std::vector<std::uint8_t> dropped_;
  std::vector<double> near_, other_near_;
};

}  // namespace skein
