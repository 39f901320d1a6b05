// Neighbourhood: who informs whom in a swarm.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "skein/object.hpp"

namespace skein {

/// The informants of every particle of a swarm, in one of three forms:
///
/// - complete: everybody informs everybody, held implicitly at no cost (the form of a new object);
/// - ring: the `radius` particles on either side, held implicitly;
/// - rows: an explicit list per particle, compressed (offsets and informants).
///
/// Every particle informs itself, in every form: a list that leaves it out gets it added.
class Neighborhood final : public ObjectVariable {
 public:
  enum class Form : std::uint8_t { complete, ring, rows };
  static constexpr std::string_view type = "neighborhood";

  [[nodiscard]] Form form() const noexcept { return form_; }
  [[nodiscard]] std::size_t radius() const noexcept { return radius_; }

  void set_complete() noexcept;
  /// Radius at least 1; a ring whose radius reaches all n particles informs like a complete neighbourhood.
  void set_ring(std::size_t radius) noexcept;
  /// One list of informants per particle, any order; each is stored sorted, without duplicates, with the particle
  /// itself.
  void set_rows(std::span<const std::vector<std::uint32_t>> informants);

  /// Calls `visit(informant)` for every informant of `row` in a swarm of `count`. Rows: ascending. Ring: from the
  /// lowest offset to the highest. Cost: O(informants).
  template <class Visit>
  void for_each_informant(std::size_t row, std::size_t count, Visit&& visit) const {
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
      case Form::rows:
        for (std::size_t edge = offsets_[row]; edge < offsets_[row + 1]; ++edge) visit(std::size_t{informants_[edge]});
        return;
    }
  }

  [[nodiscard]] std::string_view type_name() const noexcept override { return type; }
  [[nodiscard]] std::size_t size_in_bytes() const noexcept override;
  [[nodiscard]] std::unique_ptr<ObjectVariable> clone() const override;
  void save(StateWriter& writer) const override;
  void load(StateReader& reader) override;
  /// Rows that left are taken out of every list; fresh rows inform only themselves until a topology operator runs.
  void rows_changed(const RowMap& map) override;

 private:
  Form form_ = Form::complete;
  std::size_t radius_ = 1;
  std::vector<std::size_t> offsets_;
  std::vector<std::uint32_t> informants_;
};

}  // namespace skein
