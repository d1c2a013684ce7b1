/* For building and trying under Wine only, never shipped: the two functions of the C runtime's mathematics that Wine 8 lacks
   and numpy asks for. A complex float comes in one register; the other names are passed on to ucrtbase by the .def beside it. */
union complex_float { unsigned long long bits; float part[2]; };
float crealf(unsigned long long bits) { union complex_float z; z.bits = bits; return z.part[0]; }
float cimagf(unsigned long long bits) { union complex_float z; z.bits = bits; return z.part[1]; }
