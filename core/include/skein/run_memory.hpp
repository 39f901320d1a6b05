// RunMemory: what a run holds in memory, for operators that keep it within bounds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "skein/context.hpp"
#include "skein/object.hpp"
#include "skein/view.hpp"

namespace skein {

/// Valid during the call of the step operator that got it. It speaks of the operator's frame and the frames below it:
/// all of the run, unless the operator works in one of several frames beside each other.
class RunMemory {
 public:
  explicit RunMemory(StepContext::Services& services) noexcept : services_(&services) {}

  /// Bytes of Skein's own containers: rows in use of all columns and their shadows, objects, scratch memory of one
  /// thread. The same on every machine. Cost: about 5 ns per variable.
  [[nodiscard]] std::uint64_t counted_bytes() const noexcept;

  /// Bytes of one row of a population, in all its columns.
  [[nodiscard]] static std::uint64_t row_bytes(const PopulationView& population) noexcept;

  /// Calls `visit(name, object)` for every object variable, `name` being that of the variable in its plan.
  template <class Visit>
  void for_each_object(Visit&& visit) const {
    using Target = std::remove_reference_t<Visit>;
    visit_objects(const_cast<void*>(static_cast<const void*>(&visit)),
                  [](void* target, std::string_view name, ObjectVariable& object) {
                    (*static_cast<Target*>(target))(name, object);
                  });
  }

  /// Has all objects of this type give up what they can do without (ObjectVariable::reduce_memory), those of every type
  /// for an empty name; returns the bytes that were freed.
  std::uint64_t reduce_objects(std::string_view type) const;

  /// Gives pages of scratch memory, and free ones of the allocator, back to the system; returns by how many bytes the
  /// process became smaller, 0 where that cannot be told.
  std::uint64_t release() const noexcept;

  /// How many rows are evaluated at a time; 0: as many as the engine chooses. Results never depend on it.
  [[nodiscard]] std::size_t evaluation_rows() const noexcept;
  void limit_evaluation_rows(std::size_t rows) const noexcept;

 private:
  using Visitor = void (*)(void* target, std::string_view name, ObjectVariable& object);
  void visit_objects(void* target, Visitor visitor) const;

  StepContext::Services* services_;
};

}  // namespace skein
