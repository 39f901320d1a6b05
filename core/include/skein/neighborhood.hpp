// Neighbourhood: who informs whom in a swarm.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "skein/object.hpp"

namespace skein {

/// A list of informants while it is made.
class InformantList {
 public:
  explicit InformantList(std::vector<std::uint32_t>& informants) noexcept
      : informants_(&informants), first_(informants.size()) {}

  void add(std::size_t informant) { informants_->push_back(static_cast<std::uint32_t>(informant)); }

  /// Cost: O(length of the list).
  [[nodiscard]] bool contains(std::size_t informant) const noexcept {
    return std::find(informants_->begin() + static_cast<std::ptrdiff_t>(first_), informants_->end(), informant) !=
           informants_->end();
  }

 private:
  std::vector<std::uint32_t>* informants_;
  std::size_t first_;
};

/// The informants of every particle of a swarm, in one of five forms:
///
/// - complete: everybody informs everybody, held implicitly at no cost (the form of a new object);
/// - ring: the `radius` particles on either side, held implicitly;
/// - lattice: the next ones in the four directions of a two-dimensional torus of `columns` columns, held implicitly;
/// - groups: everybody in the same group, groups being disjoint: one list of particles in the order of their groups;
/// - rows: an explicit list per particle, compressed (offsets and informants).
///
/// Every particle informs itself, in every form: a list that leaves it out gets it added.
class Neighborhood final : public ObjectVariable {
 public:
  enum class Form : std::uint8_t { complete, ring, rows, lattice, groups };
  static constexpr std::string_view type = "neighborhood";

  [[nodiscard]] Form form() const noexcept { return form_; }
  [[nodiscard]] std::size_t radius() const noexcept { return radius_; }
  [[nodiscard]] std::size_t columns() const noexcept { return columns_; }

  void set_complete() noexcept;
  /// Radius at least 1; a ring whose radius reaches all n particles informs like a complete neighbourhood.
  void set_ring(std::size_t radius) noexcept;
  /// Particle i stands in row i / columns and column i % columns. `columns` divides the number of particles.
  void set_lattice(std::size_t columns) noexcept;
  /// One list of informants per particle, any order; each is stored sorted, without duplicates, with the particle
  /// itself.
  void set_rows(std::span<const std::vector<std::uint32_t>> informants);
  /// The same from a function: list_informants(row, list) adds the informants of a row to an InformantList, which holds
  /// the row itself already. Reserves room for `most` others per particle, and allocates nothing where that was enough
  /// before. When there is no memory, std::bad_alloc, and nothing has changed; so with the next two.
  template <class ListInformants>
  void set_rows(std::size_t count, std::size_t most, ListInformants&& list_informants);
  /// The same from the other side: list_informed(row, add) calls add(informed) for those whom a row informs, and says
  /// the same when it is called for all rows a second time.
  template <class ListInformed>
  void set_informed(std::size_t count, std::size_t most, ListInformed&& list_informed);
  /// `count` particles in groups whose sizes differ by at most one: arrange(particles) puts the particles 0 ... count-1
  /// in an order that is then cut into `groups` parts, part q from q * count / groups on. At least one group.
  template <class Arrange>
  void set_groups(std::size_t count, std::size_t groups, Arrange&& arrange);

  /// Of form groups: how many there are, and the particles of one, ascending.
  [[nodiscard]] std::size_t group_count() const noexcept { return offsets_.empty() ? 0 : offsets_.size() - 1; }
  [[nodiscard]] std::span<const std::uint32_t> group(std::size_t index) const noexcept {
    return {informants_.data() + offsets_[index], offsets_[index + 1] - offsets_[index]};
  }

  /// Calls `visit(informant)` once for every informant of `row` in a swarm of `count`. Rows and groups: ascending.
  /// Ring: from the lowest offset to the highest. Lattice: above, left, itself, right, below. Cost: O(informants).
  template <class Visit>
  void for_each_informant(std::size_t row, std::size_t count, Visit&& visit) const;

  /// How many informants a row has, itself among them.
  [[nodiscard]] std::size_t informants_of(std::size_t row, std::size_t count) const noexcept;

  [[nodiscard]] std::string_view type_name() const noexcept override { return type; }
  [[nodiscard]] std::size_t size_in_bytes() const noexcept override;
  [[nodiscard]] std::unique_ptr<ObjectVariable> clone() const override;
  void save(StateWriter& writer) const override;
  void load(StateReader& reader) override;
  /// Rows that left are taken out of every list and group; fresh rows inform only themselves until a topology operator
  /// runs. A lattice that the new rows do not fill gets other columns.
  void rows_changed(const RowMap& map) override;

 private:
  void start_lists(Form form, std::size_t count, std::size_t most);
  void end_list();
  void number_groups();
  void load_lists(Form form, StateReader& reader);
  void set_group_lists(std::span<const std::vector<std::uint32_t>> groups, std::size_t rows);
  void regroup(const RowMap& map);

  Form form_ = Form::complete;
  std::size_t radius_ = 1;
  std::size_t columns_ = 1;
  std::vector<std::size_t> offsets_;       ///< of lists or groups
  std::vector<std::uint32_t> informants_;  ///< list after list, group after group
  std::vector<std::uint32_t> group_of_row_;
};

/// The columns of the most nearly square lattice of `count` particles: count / r for the largest divisor r <=
/// sqrt(count).
[[nodiscard]] std::size_t lattice_columns(std::size_t count) noexcept;

template <class ListInformants>
void Neighborhood::set_rows(std::size_t count, std::size_t most, ListInformants&& list_informants) {
  start_lists(Form::rows, count, most);
  for (std::size_t row = 0; row < count; ++row) {
    InformantList list(informants_);
    list.add(row);
    list_informants(row, list);
    end_list();
  }
}

template <class ListInformed>
void Neighborhood::set_informed(std::size_t count, std::size_t most, ListInformed&& list_informed) {
  start_lists(Form::rows, count, most);
  offsets_.assign(count + 1, 0);
  for (std::size_t row = 0; row < count; ++row) {
    ++offsets_[row + 1];
    list_informed(row, [this](std::size_t informed) { ++offsets_[informed + 1]; });
  }
  for (std::size_t row = 0; row < count; ++row) offsets_[row + 1] += offsets_[row];
  informants_.assign(offsets_[count], 0);
  // While the lists are filled, offsets_[row] is where the next informant of `row` goes: in the end it is the end of
  // the list, and the offsets move up by one.
  const auto append = [this](std::size_t informed, std::size_t row) {
    informants_[offsets_[informed]++] = static_cast<std::uint32_t>(row);
  };
  for (std::size_t row = 0; row < count; ++row) {
    append(row, row);
    list_informed(row, [&](std::size_t informed) { append(informed, row); });
  }
  // Every list is ascending; whoever informs twice stands there twice.
  std::size_t stored = 0;
  std::size_t first = 0;
  for (std::size_t row = 0; row < count; ++row) {
    const std::size_t last = offsets_[row];
    offsets_[row] = stored;
    for (std::size_t edge = first; edge < last; ++edge) {
      if (edge == first || informants_[edge] != informants_[edge - 1]) informants_[stored++] = informants_[edge];
    }
    first = last;
  }
  offsets_[count] = stored;
  informants_.resize(stored);
}

template <class Arrange>
void Neighborhood::set_groups(std::size_t count, std::size_t groups, Arrange&& arrange) {
  start_lists(Form::groups, count, 0);
  for (std::size_t row = 0; row < count; ++row) informants_.push_back(static_cast<std::uint32_t>(row));
  arrange(std::span<std::uint32_t>(informants_));
  offsets_.clear();
  for (std::size_t group = 0; group <= groups; ++group) offsets_.push_back(group * count / groups);
  number_groups();
}

template <class Visit>
void Neighborhood::for_each_informant(std::size_t row, std::size_t count, Visit&& visit) const {
  switch (form_) {
    case Form::complete:
      for (std::size_t other = 0; other < count; ++other) visit(other);
      return;
    case Form::ring: {
      if (2 * radius_ + 1 >= count) {
        for (std::size_t other = 0; other < count; ++other) visit(other);
        return;
      }
      for (std::size_t step = 0; step <= 2 * radius_; ++step) visit((row + count - radius_ + step) % count);
      return;
    }
    case Form::lattice: {
      const std::size_t column = row % columns_;
      const std::size_t above = row >= columns_ ? row - columns_ : row + count - columns_;
      const std::size_t below = row + columns_ < count ? row + columns_ : row + columns_ - count;
      const std::size_t left = column > 0 ? row - 1 : row + columns_ - 1;
      const std::size_t right = column + 1 < columns_ ? row + 1 : row + 1 - columns_;
      if (above != row) visit(above);
      if (left != row) visit(left);
      visit(row);
      if (right != left) visit(right);
      if (below != above) visit(below);
      return;
    }
    case Form::groups:
      for (const std::uint32_t member : group(group_of_row_[row])) visit(std::size_t{member});
      return;
    case Form::rows:
      for (std::size_t edge = offsets_[row]; edge < offsets_[row + 1]; ++edge) visit(std::size_t{informants_[edge]});
      return;
  }
}

}  // namespace skein
