// Archive: the best solutions of a problem with several objectives that a run has seen, in bounded memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "skein/front_selection.hpp"
#include "skein/object.hpp"
#include "skein/view.hpp"

namespace skein {

/// Something large that belongs to a solution and can be computed from it again: a trajectory, say.
class Attachment {
 public:
  virtual ~Attachment();
  [[nodiscard]] virtual std::size_t size_in_bytes() const noexcept = 0;
};

/// Solutions, of any encoding, none of which dominates another one (see `dominates`), at most `capacity()` of them.
/// Entries stand in the ascending order of their objectives, whatever the order in which they came; of solutions with
/// equal fitness the oldest stays. What is not finite never enters.
///
/// All memory is there once it was started: updates with as many rows as before allocate nothing.
class Archive final : public ObjectVariable {
 public:
  static constexpr std::string_view type = "archive";
  static constexpr std::size_t largest_capacity = std::size_t{1} << 20U;
  static constexpr std::size_t least_entries = 10;  ///< that `reduce_memory` leaves room for

  /// What was given back: entries, and bytes of `size_in_bytes`.
  struct Freed {
    std::size_t entries = 0;
    std::size_t bytes = 0;
  };

  /// Makes it an empty archive for solutions like those of `solutions`, with `fitness_width` numbers in a fitness, of 1
  /// to `largest_capacity` entries. `rows` is how many solutions an update brings.
  void start(const Bundle& solutions, std::size_t fitness_width, std::size_t capacity, std::size_t rows);
  [[nodiscard]] bool started() const noexcept { return capacity_ != 0; }

  /// Makes it the front of its entries and all rows of a population; when these are more than the capacity, truncated.
  /// The population is like the one it was started with. When there is no memory, std::bad_alloc, and nothing has
  /// changed. Cost: see FrontSelection, and a copy of each solution that enters.
  void update(const InFitness& fitness, const Bundle& solutions, Truncation truncation);

  [[nodiscard]] std::size_t size() const noexcept { return slots_.size(); }
  [[nodiscard]] std::size_t capacity() const noexcept { return capacity_; }
  [[nodiscard]] std::size_t objective_count() const noexcept { return fitness_width_ - 1; }
  [[nodiscard]] FitnessRow fitness(std::size_t place) const noexcept {
    return {fitness_.data() + slots_[place] * fitness_width_, fitness_width_};
  }
  /// Crowding distance (see FrontSelection::crowding).
  [[nodiscard]] double crowding(std::size_t place) const noexcept { return crowding_[place]; }
  /// The columns of one entry, for `shown_solution`; they live as long as the archive stays as it is.
  [[nodiscard]] std::vector<ColumnView> solution(std::size_t place) const;
  /// Row `row` of `to` <- the solution of an entry.
  void copy_solution(std::size_t place, const Bundle& to, std::size_t row) const noexcept;
  /// Whether its solutions have these parts.
  [[nodiscard]] bool holds_solutions_like(const Bundle& solutions) const noexcept;

  /// The part of the objective space that entries without violation dominate and `reference` bounds, exactly; nothing
  /// for more than two objectives, or another number of them. Cost: O(size).
  [[nodiscard]] std::optional<double> hypervolume(std::span<const double> reference) const noexcept;

  /// Gives up entries until at most `size` are left, at least 1.
  Freed compress(std::size_t size, Truncation truncation);
  /// Gives up entries for which another one is nearly as good (see FrontSelection::drop_nearly_dominated).
  Freed prune(double epsilon);
  /// Lowers the capacity for good, to the size at least and at least 1, and gives memory back.
  Freed shrink(std::size_t capacity);
  /// Gives back the memory that updates work in; the next one takes it again.
  Freed release_scratch();

  // Large objects of entries are held weakly: the archive itself keeps them until they are released; from then on an
  // entry knows its attachment only as long as somebody else holds it.

  void attach(std::size_t place, const std::shared_ptr<const Attachment>& attachment);
  /// Nothing where there is none, or none any more.
  [[nodiscard]] std::shared_ptr<const Attachment> attachment(std::size_t place) const;
  /// The attachment of an entry; where there is none any more, compute() makes it, and it is attached.
  template <class Compute>
  [[nodiscard]] std::shared_ptr<const Attachment> attachment(std::size_t place, Compute&& compute) {
    std::shared_ptr<const Attachment> found = attachment(place);
    if (found == nullptr) attach(place, found = compute());
    return found;
  }
  /// No longer keeps attachments. Bytes are of those that nobody else holds, too: they are gone.
  Freed release_attachments() noexcept;
  /// Entries that know an attachment which somebody still holds.
  [[nodiscard]] std::size_t attachment_count() const noexcept;

  [[nodiscard]] std::string_view type_name() const noexcept override { return type; }
  /// Attachments that it keeps included.
  [[nodiscard]] std::size_t size_in_bytes() const noexcept override;
  /// The copy knows the attachments, and keeps none.
  [[nodiscard]] std::unique_ptr<ObjectVariable> clone() const override;
  /// Without attachments.
  void save(StateWriter& writer) const override;
  void load(StateReader& reader) override;
  /// An archive does not speak of rows.
  void rows_changed(const RowMap&) override {}
  /// Lets attachments go, prunes what others nearly dominate (by a thousandth of the ranges), clusters the rest to half
  /// the capacity, at least `least_entries`, and lowers the capacity to that. Nothing more to give up: 0.
  std::uint64_t reduce_memory() override;

 private:
  struct Part {
    Element element = Element::real;
    std::size_t width = 0;
    std::size_t offset = 0;  ///< in an entry
  };
  struct Held {
    std::weak_ptr<const Attachment> known;
    std::shared_ptr<const Attachment> kept;
  };

  void add_part(Element element, std::size_t width);
  void reserve(std::size_t capacity);
  void select_entries();
  void keep_selected();
  [[nodiscard]] const std::byte* stored(std::size_t slot) const noexcept { return solutions_.data() + slot * bytes_; }
  void store(std::size_t slot, const Bundle& from, std::size_t row) noexcept;

  std::size_t capacity_ = 0;
  std::size_t fitness_width_ = 2;
  std::vector<Part> parts_;
  std::size_t bytes_ = 0;              ///< of one solution
  std::vector<double> fitness_;        ///< by slot
  std::vector<std::byte> solutions_;   ///< by slot
  std::vector<std::uint32_t> slots_;   ///< where each entry is stored
  std::vector<double> crowding_;       ///< of each entry
  std::vector<std::uint8_t> is_used_;  ///< by slot
  std::vector<std::uint32_t> new_slots_;
  std::vector<Held> held_;  ///< by slot; empty as long as there was no attachment
  FrontSelection selection_;
};

}  // namespace skein
