// ObjectReader: the one checked way from a document object to typed values.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "skein/diagnostic.hpp"
#include "skein/value.hpp"

namespace skein {

/// Which reals a place takes. Integers are taken for reals everywhere.
struct RealRules {
  double minimum = -std::numeric_limits<double>::infinity();
  double maximum = std::numeric_limits<double>::infinity();
  bool special_texts = false;  ///< takes the texts "inf", "-inf" and "nan" as well; nan is in every range
};

/// Checked readings of one value. They report `wrong-type` or `out-of-range` at the value's place, under the document
/// path `path`, and return nothing then. 3.0 is no integer: a real and an integer are different things in a document.
[[nodiscard]] std::optional<bool> read_boolean(const Value& value, const std::string& path, Diagnostics& diagnostics);
[[nodiscard]] std::optional<std::int64_t> read_integer(const Value& value, const std::string& path,
                                                       Diagnostics& diagnostics,
                                                       std::int64_t minimum = std::numeric_limits<std::int64_t>::min(),
                                                       std::int64_t maximum = std::numeric_limits<std::int64_t>::max());
[[nodiscard]] std::optional<std::uint64_t> read_unsigned(const Value& value, const std::string& path,
                                                         Diagnostics& diagnostics);
[[nodiscard]] std::optional<double> read_real(const Value& value, const std::string& path, Diagnostics& diagnostics,
                                              const RealRules& rules = {});
[[nodiscard]] std::optional<std::string> read_text(const Value& value, const std::string& path,
                                                   Diagnostics& diagnostics);
[[nodiscard]] const List* read_list(const Value& value, const std::string& path, Diagnostics& diagnostics);
/// The value itself when it is an object.
[[nodiscard]] const Value* read_object(const Value& value, const std::string& path, Diagnostics& diagnostics);

enum class Presence { required, optional };

/// Reads the members of one object. Every key that is asked for becomes a known key; finish() reports the others.
/// A value that is no object is reported once, at construction; then every question is answered with nothing.
///
/// The typed getters return nothing for a key that is absent (reported as `missing-key` if required) or wrong.
class ObjectReader {
 public:
  /// Keeps references to `value` and `diagnostics`.
  ObjectReader(const Value& value, std::string path, Diagnostics& diagnostics);

  [[nodiscard]] bool is_object() const noexcept { return value_.is_object(); }
  [[nodiscard]] const SourceLocation& where() const noexcept { return value_.where; }
  [[nodiscard]] const std::string& path() const noexcept { return path_; }
  /// The path of a member: "nodes/move".
  [[nodiscard]] std::string path_to(std::string_view key) const;

  const Value* required(std::string_view key) { return find(key, Presence::required); }
  const Value* optional(std::string_view key) { return find(key, Presence::optional); }

  std::optional<bool> boolean(std::string_view key, Presence presence = Presence::required);
  std::optional<std::int64_t> integer(std::string_view key, std::int64_t minimum, std::int64_t maximum,
                                      Presence presence = Presence::required);
  std::optional<std::uint64_t> unsigned_integer(std::string_view key, Presence presence = Presence::required);
  std::optional<double> real(std::string_view key, const RealRules& rules = {}, Presence presence = Presence::required);
  std::optional<std::string> text(std::string_view key, Presence presence = Presence::required);
  const List* list(std::string_view key, Presence presence = Presence::required);
  const Value* object(std::string_view key, Presence presence = Presence::required);

  /// Reports every key that was not asked for (`unknown-key`), and every required one that is missing (`missing-key`)
  /// unless one of the unknown keys is a misspelling of it.
  void finish();

 private:
  const Value* find(std::string_view key, Presence presence);

  const Value& value_;
  std::string path_;
  Diagnostics& diagnostics_;
  std::vector<std::string> known_keys_;
  std::vector<std::string> missing_keys_;
};

}  // namespace skein
