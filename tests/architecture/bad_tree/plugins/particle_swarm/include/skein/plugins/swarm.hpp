#pragma once
#include "skein/encodings/real.hpp"
