// Object variables: what is no column (neighbourhood, history, archive).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace skein {

/// How a resize moved rows: new row i was old row `old_rows[i]`, or is fresh when that is `no_row`.
struct RowMap {
  std::span<const std::uint32_t> old_rows;
  std::size_t old_count = 0;
};

/// Where an object variable writes its state for a checkpoint.
class StateWriter {
 public:
  virtual ~StateWriter();
  virtual void bytes(const void* data, std::size_t size) = 0;
  void integer(std::uint64_t value) { bytes(&value, sizeof value); }
  void real(double value) { bytes(&value, sizeof value); }
  void text(std::string_view value);
};

/// Where an object variable reads its state from. Reading past the end throws std::runtime_error.
class StateReader {
 public:
  virtual ~StateReader();
  virtual void bytes(void* data, std::size_t size) = 0;
  [[nodiscard]] virtual std::size_t remaining() const noexcept = 0;
  [[nodiscard]] std::uint64_t integer();
  [[nodiscard]] double real();
  [[nodiscard]] std::string text();
};

/// A variable with a structure of its own. Identity is `type_name()`, never RTTI.
class ObjectVariable {
 public:
  virtual ~ObjectVariable();
  [[nodiscard]] virtual std::string_view type_name() const noexcept = 0;
  [[nodiscard]] virtual std::size_t size_in_bytes() const noexcept = 0;
  [[nodiscard]] virtual std::unique_ptr<ObjectVariable> clone() const = 0;
  virtual void save(StateWriter& writer) const = 0;
  virtual void load(StateReader& reader) = 0;

  /// Called when the population that the object speaks of was resized.
  virtual void rows_changed(const RowMap& map) = 0;

  /// Called when memory is short: gives up part of what the object holds, what it can do without best first, and says
  /// how many bytes that freed. 0 when nothing more can be given up. The content stays valid.
  virtual std::uint64_t reduce_memory();
};

using ObjectFactory = std::unique_ptr<ObjectVariable> (*)();

}  // namespace skein
