// Chain: members of a pipeline that compute element by element, one after the other for the same elements.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "skein/element_kernel.hpp"
#include "skein/view.hpp"

namespace skein {

struct Plan;
struct PipelineState;

/// How the elements of a port follow from what it is bound to.
enum class ElementForm : std::uint8_t {
  column,     ///< a column of the chain's width
  one,        ///< a global number
  repeated,   ///< a global vector, the same for every row
  row_number  ///< a column with one number per row
};

/// Elements that are spread over the rows of a strip, in the memory of whoever works on it.
struct Spread {
  ElementForm form = ElementForm::one;
  std::size_t variable = 0;  ///< of the plan
  std::size_t element_bytes = 0;
  std::size_t offset = 0;  ///< in the memory for strips
  std::size_t member = 0;  ///< of the pipeline, one of those that read it
  std::size_t port = 0;    ///< of that member
};

/// One port of one member.
struct ChainPort {
  std::size_t member = 0;
  std::size_t port = 0;
  std::size_t element_bytes = 0;
  std::size_t spread = static_cast<std::size_t>(-1);  ///< number of its Spread, none for a column
};

/// What one member does with elements.
struct ChainLink {
  ElementKernel kernel = nullptr;
  const void* prepared = nullptr;
  std::size_t first_port = 0;  ///< among the ports of the chain
};

struct Chain {
  std::size_t first = 0;  ///< members [first, last)
  std::size_t last = 0;
  std::size_t width = 0;            ///< of its columns
  std::size_t row_elements = 0;     ///< from one row to the next, padding included
  std::size_t first_element = 0;    ///< of its ports, among those of the pipeline
  std::vector<ChainLink> links;     ///< one per member
  std::vector<ChainPort> ports;     ///< of all members, in their order
  std::vector<std::size_t> moving;  ///< those that show other memory for every strip
  std::vector<Spread> spreads;
};

/// The chains of a pipeline, whose members are known. Their spreads get memory behind the `bytes` of the pipeline.
void form_chains(PipelineState& state, const Plan& plan);

/// Elements from one row to the next in a strip variable: as in a column of real numbers of this width, so that all
/// columns of a chain go side by side.
[[nodiscard]] std::size_t strip_row_elements(std::size_t width) noexcept;

}  // namespace skein
