// SharedRandom: the one source of random numbers of HeuristicLab's operators, as a variable of a graph.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "skein/object.hpp"
#include "tests/heuristiclab/mersenne_twister.hpp"

namespace skein::heuristiclab {

class SharedRandom final : public ObjectVariable {
 public:
  static constexpr std::string_view type = "heuristiclab_random";

  MersenneTwister numbers;

  [[nodiscard]] std::string_view type_name() const noexcept override { return type; }
  [[nodiscard]] std::size_t size_in_bytes() const noexcept override { return sizeof *this; }
  [[nodiscard]] std::unique_ptr<ObjectVariable> clone() const override { return std::make_unique<SharedRandom>(*this); }
  void save(StateWriter& writer) const override { writer.integer(numbers.drawn()); }
  void load(StateReader& reader) override {
    numbers = MersenneTwister();
    numbers.discard(reader.integer());
  }
  void rows_changed(const RowMap&) override {}
};

}  // namespace skein::heuristiclab
