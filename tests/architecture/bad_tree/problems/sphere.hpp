#pragma once
#include "encodings/real/bounds.hpp"
#include "tests/core/helper.hpp"
