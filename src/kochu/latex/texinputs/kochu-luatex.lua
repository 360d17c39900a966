-- Fonts for the signs that the document's own fonts lack.

kochu = kochu or {}

-- Latin, Greek and Cyrillic fonts look for a sign that they lack in these, in turn.
luaotfload.add_fallback("kochu", {
  "FreeSerif:mode=node;",
  "file:HaranoAjiMincho-Regular.otf:mode=node;",
})

-- Signs of China, Korea and Japan.
local BLOCKS = {
  { 0x1100, 0x11FF }, { 0x2E80, 0x2FDF }, { 0x3000, 0x318F }, { 0x3400, 0x4DBF },
  { 0x4E00, 0x9FFF }, { 0xAC00, 0xD7A3 }, { 0xF900, 0xFAFF }, { 0x20000, 0x2FA1F },
}

local lent = {}
local written

-- The signs of the document's sources: LuaTeX-ja takes long over a table of all that exist.
local function signs_of(sources)
  if written then return written end
  written = {}
  for name in sources:gmatch("[^,%s]+") do
    local file = io.open(kpse.find_file(name, "tex") or name, "rb")
    if file then
      for _, sign in utf8.codes(file:read("a"), true) do written[sign] = true end
      file:close()
    else
      texio.write_nl("log", "kochu: no file " .. name .. ", so that no font is lent for its signs")
    end
  end
  return written
end

local function signs(command)
  return font.getfont(font.id(command)).characters
end

local function use(first, last, family, target)
  for _, series in ipairs { "m", "b", "bx" } do
    for _, shape in ipairs { "n", "it", "sl" } do
      luatexja.jfont.set_alt_font_latex(first, last, target, family .. "/" .. series .. "/" .. shape)
    end
  end
end

-- Set what the font of one command lacks, and that of the other has, in another font.
function kochu.lend(base, other, family, target, sources)
  local own, more, used = signs(base), signs(other), signs_of(sources)
  for _, block in ipairs(BLOCKS) do
    local first
    for sign = block[1], block[2] + 1 do
      local wanted = sign <= block[2] and used[sign] and more[sign] and not own[sign] and not lent[sign]
      if wanted then
        first = first or sign
        lent[sign] = true
      elseif first then
        use(first, sign - 1, family, target)
        first = nil
      end
    end
  end
end
