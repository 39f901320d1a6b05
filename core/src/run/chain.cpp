#include "run/chain.hpp"

#include <algorithm>
#include <cstring>

namespace skein {
namespace {

/// Elements that go through all members before the next ones are begun: a dozen columns of them fit a
/// first-level cache of 32 KiB.
constexpr std::size_t block_elements = 128;

const std::byte* source_of(const PipelineState& state, const Spread& spread, const StripMemory& memory) noexcept {
  return ports_of(state.members[spread.member], memory)[spread.port].parts->data;
}

/// Copies one element `count` times.
void fill(std::byte* to, const std::byte* element, std::size_t element_bytes, std::size_t count) noexcept {
  if (element_bytes == sizeof(double)) {
    double number = 0.0;
    std::memcpy(&number, element, sizeof number);
    std::fill_n(reinterpret_cast<double*>(to), count, number);
    return;
  }
  for (std::size_t i = 0; i < count; ++i) std::memcpy(to + i * element_bytes, element, element_bytes);
}

void spread_row_numbers(const PipelineState& state, const Chain& chain, const Spread& spread, Rows strip,
                        StripMemory& memory) noexcept {
  std::byte* to = memory.bytes.data() + spread.offset;
  const std::byte* from = source_of(state, spread, memory) + strip.first * spread.element_bytes;
  for (std::size_t row = 0; row < strip.count(); ++row) {
    fill(to, from, spread.element_bytes, chain.row_elements);
    to += chain.row_elements * spread.element_bytes;
    from += spread.element_bytes;
  }
}

void spread_global(const PipelineState& state, const Chain& chain, const Spread& spread, StripMemory& memory) noexcept {
  std::byte* to = memory.bytes.data() + spread.offset;
  const std::byte* const from = source_of(state, spread, memory);
  if (spread.form == ElementForm::one) return fill(to, from, spread.element_bytes, 8);
  for (std::size_t row = 0; row < state.strip_rows; ++row) {
    std::memcpy(to, from, chain.width * spread.element_bytes);
    to += chain.row_elements * spread.element_bytes;
  }
}

/// Lets a port that shows the same memory for every strip do so.
void place(const PipelineState& state, const Chain& chain, const ChainPort& port, StripMemory& memory,
           ElementPort& element) noexcept {
  if (port.spread == no_index) {
    element = {ports_of(state.members[port.member], memory)[port.port].parts->data, ElementPort::every_place};
  } else {
    const Spread& spread = chain.spreads[port.spread];
    const bool is_one = spread.form == ElementForm::one;
    element = {memory.bytes.data() + spread.offset, is_one ? ElementPort::one_for_all : ElementPort::every_place};
  }
}

}  // namespace

void place_chains(const PipelineState& state, StripMemory& memory) noexcept {
  for (const Chain& chain : state.chains) {
    for (const Spread& spread : chain.spreads) {
      if (spread.form != ElementForm::row_number) spread_global(state, chain, spread, memory);
    }
    ElementPort* element = memory.elements.data() + chain.first_element;
    for (const ChainPort& port : chain.ports) place(state, chain, port, memory, *element++);
  }
}

void run_chain(const PipelineState& state, const Chain& chain, Rows strip, StripMemory& memory) noexcept {
  for (const Spread& spread : chain.spreads) {
    if (spread.form == ElementForm::row_number) spread_row_numbers(state, chain, spread, strip, memory);
  }
  ElementPort* const elements = memory.elements.data() + chain.first_element;
  for (const std::size_t i : chain.moving) {
    const ChainPort& port = chain.ports[i];
    std::byte* const column = ports_of(state.members[port.member], memory)[port.port].parts->data;
    elements[i].data = column + strip.first * chain.row_elements * port.element_bytes;
  }
  const std::size_t last = strip.count() * chain.row_elements;
  for (std::size_t first = 0; first < last; first += block_elements) {
    const std::size_t count = std::min(block_elements, last - first);
    for (const ChainLink& link : chain.links) link.kernel(link.prepared, elements + link.first_port, first, count);
  }
}

}  // namespace skein
