// "memory" of a run document.
#pragma once

#include "documents/object_reader.hpp"
#include "skein/run_document.hpp"

namespace skein {

/// Reads the fields of MemoryConfig and checks them, each by itself and all together.
void read_memory(ObjectReader& run_reader, RunDocument& run, Diagnostics& diagnostics);

}  // namespace skein
