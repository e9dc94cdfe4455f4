"""The SHA-256 of the model files; written by quotes.training.export."""

SHA256 = {
    "tagger.onnx": "8d6443ea6fbaf0e50cf625fcebc620d203b14cf4db16a1381ccffa4d57b76e5a",
    "reader.onnx": "760031ecc5c44afbcc4568bd703c7ba13f340312ddd692cd3a5d772568529550",
    "tokenizer.json": "9114256b104cca80e04367526f03f46aa3c443c2ed174904142a73bbf13b9fbb",
    "model.json": "01c3e32ab5fe6180831d8d4001aa3c04a271bf44035bf59e0a533cfe14305354",
}
