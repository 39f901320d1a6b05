// Mutated documents, the same ones in every run.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "tests/core/document_examples.hpp"

namespace skein::examples {

/// Every other mutation changes bytes of the text, most of which the reader of JSON refuses; the others change the
/// tree.
class Mutator {
 public:
  explicit Mutator(std::uint64_t seed) : random_(seed) {}

  /// The document of a mutated text; nothing when that is no JSON any more.
  std::optional<Value> mutate(std::string_view text, Diagnostics& diagnostics) {
    if (below(2) == 0) return parse_json(mutated_text(std::string(text)), "mutated.json", diagnostics);
    Value document = parse(text);
    const std::size_t changes = 1 + below(3);
    for (std::size_t i = 0; i < changes; ++i) change_tree(document);
    return document;
  }

 private:
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(random_() % count); }

  std::string mutated_text(std::string text) {
    constexpr std::array<std::string_view, 14> pieces = {"\"", "{",  "}",    "[",  "]",     ",",  ":",
                                                         "=",  "\\", "null", "-1", "1e400", "\n", "\x80"};
    const std::size_t changes = 1 + below(3);
    for (std::size_t i = 0; i < changes; ++i) {
      const std::size_t position = below(text.size());
      switch (below(4)) {
        case 0:
          text[position] = static_cast<char>(below(256));
          break;
        case 1:
          text.erase(position, 1 + below(5));
          break;
        case 2:
          text.insert(position, pieces[below(pieces.size())]);
          break;
        default: {
          const std::size_t start = below(text.size());  // before the length, with every compiler
          text.insert(position, text.substr(start, below(40)));
        }
      }
      if (text.empty()) return text;
    }
    return text;
  }

  Value some_value() {
    switch (below(10)) {
      case 0:
        return Value();
      case 1:
        return Value(below(2) == 0);
      case 2:
        return Value(static_cast<int>(below(5)) - 2);
      case 3:
        return Value(0.5);
      case 4:
        return Value("= stop");
      case 5:
        return Value("move");
      case 6:
        return Value("No Name");
      case 7:
        return Value(List{Value("remember"), Value(1)});
      case 8:
        return Value(Object{});
      default:
        return Value(Object{{"operator", {}, Value("copy")}});
    }
  }

  void change_tree(Value& document) {
    constexpr std::array<const char*, 12> keys = {"graph", "operator", "slot", "in",   "type", "default",
                                                  "name",  "loop",     "x",    "none", "many", "a/b"};
    Value* place = &document;
    while (true) {
      std::size_t children = 0;
      auto* list = std::get_if<List>(&place->data);
      auto* object = std::get_if<Object>(&place->data);
      if (list != nullptr) children = list->size();
      if (object != nullptr) children = object->size();
      if (children == 0 || (place != &document && below(4) == 0)) break;
      const std::size_t child = below(children);
      if (object != nullptr && below(6) == 0) {
        const std::string key = keys[below(keys.size())];
        if (place->find(key) == nullptr) (*object)[child].key = key;
        return;
      }
      if (below(12) == 0) {
        if (list != nullptr) list->erase(list->begin() + static_cast<std::ptrdiff_t>(child));
        if (object != nullptr) object->erase(object->begin() + static_cast<std::ptrdiff_t>(child));
        return;
      }
      place = list != nullptr ? &(*list)[child] : &(*object)[child].value;
    }
    *place = some_value();
  }

  std::mt19937_64 random_;
};

}  // namespace skein::examples
