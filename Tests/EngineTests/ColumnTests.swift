@testable import Engine
import Files
import Testing

@Suite("Columns that begin in a file")
struct ColumnTests {
    /// A file of numbers from 0 on, and what lies before and after them.
    private func file(_ count: UInt32) -> MappedFile {
        var bytes = [UInt8](repeating: 0xff, count: 16)
        for number in 0..<count {
            for shift in [0, 8, 16, 24] as [UInt32] { bytes.append(UInt8(number >> shift & 255)) }
        }
        return MappedFile(bytes: bytes + [0xff, 0xff, 0xff, 0xff])
    }

    @Test("elements are set and added as in an array, whether they lie in the file or not")
    func elements() throws {
        var column = try #require(Column<UInt32>(file(5), 16..<36))
        #expect(Array(column) == [0, 1, 2, 3, 4])
        column.append(5)
        column[1] = 10
        column[5] += 10
        #expect(Array(column) == [0, 10, 2, 3, 4, 15])
        #expect(column.count == 6 && column.last == 15)
        func elements(_ range: Range<Int>) -> [UInt32] {
            let span = column.span(range)
            return span.indices.map { span[$0] }
        }
        #expect(elements(1..<3) == [10, 2])
        #expect(elements(5..<6) == [15])
        #expect(elements(5..<5) == [])
    }

    @Test("a copy stays as it is when the other is changed, and the file does, too")
    func copies() throws {
        let file = file(3)
        var column = try #require(Column<UInt32>(file, 16..<28))
        let copy = column
        column[0] = 7
        column.append(8)
        #expect(Array(copy) == [0, 1, 2])
        #expect(Array(column) == [7, 1, 2, 8])
        let first = file.span[16]
        #expect(first == 0)
    }

    @Test("what is no whole number of elements, outside the file or badly aligned is refused")
    func refusals() {
        let file = file(4)
        #expect(Column<UInt32>(file, 16..<31) == nil)
        #expect(Column<UInt32>(file, 16..<40) == nil)
        #expect(Column<UInt32>(file, 17..<33) == nil)
        #expect(Column<UInt32>(file, 16..<16)?.isEmpty == true)
    }

    @Test("numbers are found again in a table of slots, and a table that makes no sense is refused")
    func slots() throws {
        var table = SlotTable(roomFor: 300)
        // Hashes that collide.
        for number in 0..<300 as Range<UInt32> { table.insert(number, UInt64(number % 7)) }
        for number in 0..<300 as Range<UInt32> {
            #expect(table.find(UInt64(number % 7)) { $0 == number } == number)
        }
        #expect(table.find(3) { $0 == 300 } == nil)
        #expect(SlotTable(table.slots, count: 300, limit: 300) != nil)
        #expect(SlotTable(table.slots, count: 299, limit: 300) == nil)
        #expect(SlotTable(table.slots, count: 300, limit: 299) == nil)
        #expect(SlotTable(Column(Array(table.slots.dropLast())), count: 300, limit: 300) == nil)
        #expect(SlotTable(Column([UInt32](repeating: 0, count: 1024)), count: 1024, limit: 1) == nil)
    }
}
