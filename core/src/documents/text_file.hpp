#pragma once

#include "skein/text_file.hpp"
